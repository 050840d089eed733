import { type RenderResult, render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { STREET } from "../../../src/wall/street/places";
import type { Place } from "../../../src/wall/street/town";
import { Walls } from "../../../src/wall/street/walls";

interface Shown {
  free: number;
  width: number;
  name?: string;
  by?: string;
}

/** A house without people. */
function shownOf({ free, width, name = "North Hall", by = "Operator 28" }: Shown): RenderResult {
  const operator = { seat: 9, name: by, face: 1, role: "operator", symbol: "operator" } as const;
  const place: Place = {
    space: 9,
    name,
    operator: { ...operator, made: undefined },
    makers: [],
    investors: [],
    desks: free,
  };
  const box = { x: 0, y: 0, width, height: STREET.height };
  const house = { ...box, place, roof: 0, floor: STREET.height, free: [], tools: false };
  return render(
    <svg>
      <title>A house</title>
      <Walls house={house} counted={false} />
    </svg>,
  );
}

/** What stands on its sign. */
function wordsOf(shown: Shown): string[] {
  const { container, unmount } = shownOf(shown);
  const words = [...container.querySelectorAll("text")].map((text) => text.textContent ?? "");
  unmount();
  return words;
}

/** What it says of its free desks: in words or, where there is no room for them, as a number. */
function toldBy(shown: Shown): string | undefined {
  return wordsOf(shown).find((text) => /free$|^\d+$/.test(text) && !text.startsWith("no"));
}

test.each([
  [{ width: 900 }, "3 desks free"],
  [{ width: 440 }, "3"],
  [{ width: 320 }, "3"],
  [{ width: 320, name: "The Northernmost Hall" }, "3"],
  [{ width: 180, name: "The Northernmost Hall" }, "3"],
])("a house with free desks says so, in words or in a number: %o", (house, told) => {
  expect(toldBy({ ...house, free: 3 })).toBe(told);
});

test("beside the number the short second line of a name is whole", () => {
  expect(wordsOf({ free: 4, width: 258, name: "East Yard" })).toEqual(expect.arrayContaining(["East", "Yard", "4"]));
});

test("where the operator's name takes its whole line the number stands beside the name of the house", () => {
  const words = wordsOf({ free: 4, width: 258, name: "北厅", by: "运营者 28" });
  expect(words).toEqual(["北厅", "运营者 28", "4"]);
});

test.each([146, 150, 154, 158, 170, 200])("the number cuts off no name, in a house of %i", (width) => {
  const words = wordsOf({ free: 6, width, name: "码头仓", by: "运营方 60" });
  expect(words).toEqual(["6", "码头仓", "运营方 60"]);
});

test("both lines of a name are as large, be one of them too long for the larger letters", () => {
  const { container, unmount } = shownOf({ free: 6, width: 150, name: "Harbour Shed" });
  const sizes = [...container.querySelectorAll(".house-name")].map((line) => line.getAttribute("font-size"));
  unmount();
  expect(sizes).toEqual(["28", "28"]);
});

test("a slim house has the number of its free desks below its operator's face, whatever its name", () => {
  expect(toldBy({ width: 150, free: 6, name: "East Yard" })).toBe("6");
  expect(toldBy({ width: 150, free: 6, name: "Harbour Shed" })).toBe("6");
});

test("where no desk is free no number stands", () => {
  expect(toldBy({ width: 440, free: 0 })).toBeUndefined();
  expect(toldBy({ width: 150, free: 0 })).toBeUndefined();
});

test("the garage's note has a ground of its own, so that no slat runs through it", () => {
  const place: Place = { space: 0, name: "Garage", operator: undefined, makers: [], investors: [], desks: 0 };
  const house = { x: 0, y: 0, width: 440, height: STREET.height, place, roof: undefined, floor: STREET.height };
  const { container } = render(
    <svg>
      <title>A garage</title>
      <Walls house={{ ...house, free: [], tools: false }} counted={false} />
    </svg>,
  );
  expect(container.querySelector(".note-ground + text")?.textContent).toBe("0 makers");
});

test.each(["East Yard", "东院"])(
  "%s, narrow and empty, has its operator's name whole, be it below the sign",
  (name) => {
    const words = wordsOf({ free: 4, width: 253, name, by: "Vera Jankovic" });
    expect(words.filter((word) => word.startsWith("Vera"))).toEqual(["Vera Jankovic"]);
  },
);
