// Choices of the rules as buttons: what each does, and that of two that contradict each other the later counts.
import { fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { beforeAll, expect, test } from "vitest";
import { Choices, pressed } from "../../../src/host/create/choices";
import { frameOf } from "../../../src/host/create/open_room";
import { FIRST_WISH } from "../../../src/host/create/room_wish";
import { need } from "../../../src/texts";

const DOUBLE = { name: "double_tax", against: ["no_tax"] };
const NONE = { name: "no_tax", against: ["double_tax"] };
const OWN = { name: "half", title: { en: "Half" }, text: { en: "Count to half." }, against: [] };

beforeAll(() => need("debrief"));

function Page() {
  const [taken, setTaken] = useState<readonly string[]>([]);
  return <Choices label="Rules" choices={[DOUBLE, NONE, OWN]} taken={taken} onChange={setTaken} />;
}

test("each button says what it does, and shows that it is taken", () => {
  render(<Page />);
  const button = screen.getByRole("button", { name: /^Double tax/ });
  expect(button.textContent).toContain("The tax is 20% instead of 10%");
  expect(screen.getByRole("button", { name: /^Half/ }).textContent).toContain("Count to half.");
  fireEvent.click(button);
  expect(button.getAttribute("aria-pressed")).toBe("true");
  fireEvent.click(screen.getByRole("button", { name: /^No tax/ }));
  expect(button.getAttribute("aria-pressed")).toBe("false");
});

test("of two that contradict each other the later counts, and a second press lets go", () => {
  expect(pressed(NONE, ["double_tax", "half"])).toEqual(["half", "no_tax"]);
  expect(pressed(NONE, ["half", "no_tax"])).toEqual(["half"]);
});

test("a room is asked for with what was chosen, and without choices as before", () => {
  const wish = { ...FIRST_WISH, language: "en" as const };
  expect(frameOf({ ...wish, choices: ["no_tax"] }, undefined, "id").options).toMatchObject({ choices: ["no_tax"] });
  expect(frameOf(wish, undefined, "id").options).not.toHaveProperty("choices");
});

test("a room is asked for with when a bot stands in, where that is not the usual", () => {
  const wish = { ...FIRST_WISH, language: "en" as const };
  expect(frameOf({ ...wish, standIn: "close" }, undefined, "id").options).toMatchObject({ stand_in: "close" });
  expect(frameOf(wish, undefined, "id").options).not.toHaveProperty("stand_in");
});
