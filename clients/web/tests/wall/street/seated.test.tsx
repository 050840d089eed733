// A name on its desk, as it is drawn: between both edges of the front, also beside a long one.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { displayWidth } from "../../../src/parts/pictures/text_width";
import { streetOf } from "../../../src/wall/street/places";
import { Seated } from "../../../src/wall/street/seated";
import type { Spot } from "../../../src/wall/street/seats";
import type { Figure, Place } from "../../../src/wall/street/town";

const NAMES = ["Jean-Baptiste-Emmanuel Zimmermann", "欧阳娜娜", "Donaudampfschifffahrt", "欧阳娜娜"];
const MARGIN = 4; // of both sides together, beyond the lines of the front

test("beside a long name a short one lies on no edge of its desk", () => {
  const makers = NAMES.map(
    (name, at): Figure => ({ seat: at + 1, name, face: 1, role: "maker", symbol: "maker", made: undefined }),
  );
  const house = (space: number): Place => ({
    space,
    name: "A house",
    operator: undefined,
    makers: makers.map((maker) => ({ ...maker, seat: 10 * space + maker.seat })),
    investors: [],
    desks: space ? makers.length : 0,
  });
  const { people } = streetOf({ places: [1, 2, 3, 4, 0].map(house), bonds: [], people: 20 });
  for (const maker of house(1).makers.filter(({ name }) => name === "欧阳娜娜")) {
    const spot = people.get(maker.seat) as Spot;
    const { container } = render(
      <svg>
        <title>A desk</title>
        <Seated figure={maker} spot={spot} inGarage={false} />
      </svg>,
    );
    const front = Number(container.querySelector(".desk .front")?.getAttribute("width"));
    const text = container.querySelector(".person-name");
    const wide = displayWidth(maker.name, Number(text?.getAttribute("font-size")));
    const spacing = Number(text?.getAttribute("letter-spacing") ?? 0) * maker.name.length;
    expect(front - wide - spacing).toBeGreaterThanOrEqual(MARGIN);
  }
});

test.each([
  [90, ["Inv…20"]],
  [70, []],
])("a name of which one letter would be left is not drawn: %i wide", (room, names) => {
  const [seat, front] = [20, { x: 0, y: 60, width: room + 20, height: 40 }];
  const figure: Figure = { seat, name: "Investor 20", face: 1, role: "investor", symbol: "angel", made: undefined };
  const spot: Spot = { x: 0, y: 0, face: 50, front, text: 28, room, nameLines: 1, part: undefined, withVenture: false };
  const { container } = render(
    <svg>
      <title>A table</title>
      <Seated figure={figure} spot={spot} inGarage={false} />
    </svg>,
  );
  expect([...container.querySelectorAll(".person-name")].map(({ textContent }) => textContent)).toEqual(names);
});
