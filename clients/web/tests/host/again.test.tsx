// After the end: another game with the same people; of a table of a class only the class opens one.
import { render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Again } from "../../src/host/again";
import { hold } from "../../src/store/kept/held_seats";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

function again(room: object): void {
  render(<Again />, { wrapper: inRoom(roomOf({ room }, {}, { kind: "host", member: 1 })) });
}

const buttons = () => screen.queryAllByRole("button").map(({ textContent }) => textContent);

afterEach(() => localStorage.clear());

test("a room by itself offers another game with the same people, or a new one", () => {
  again({});
  expect(buttons()).toEqual(["Again, with the same people …", "New game"]);
  expect(screen.queryByRole("link")).toBeNull();
});

test.each([
  ["leads there on a device that holds the class", true],
  ["names the class where this device holds it not", false],
])("a table of a class offers neither, and %s", (_, holds) => {
  if (holds) hold("host", "CLASS23", "a token");
  again({ class: "CLASS23" });
  expect(buttons()).toEqual([]);
  expect(document.body.textContent).toContain("This is a table of class CLASS23.");
  const to = screen.queryByRole("link", { name: "To the class’s page" });
  expect(to?.getAttribute("href")?.replace(/^[^#]*/, "")).toBe(holds ? "#/class/CLASS23" : undefined);
});

test.each([
  ["a what-if of this one is reached by the key that this browser has here", { next_fork: true }, "/a key"],
  ["another room is told no key of this one", {}, ""],
])("the next room is one press away: %s", (_, more, key) => {
  hold("host", "K7QF234", "a key");
  again({ next: "NEXT234", ...more });
  screen.getByRole("button", { name: "To the next room, NEXT234" }).click();
  expect(decodeURI(location.hash)).toBe(`#/c/NEXT234${key}`);
});
