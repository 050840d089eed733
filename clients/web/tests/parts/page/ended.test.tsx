// What a phone says whose seat is played elsewhere, and what it offers.
import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { Ended } from "../../../src/parts/page/ended";
import { hold } from "../../../src/store/kept/held_seats";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

function ended(message: string): readonly (string | null)[] {
  const room = roomOf({}, {}, { kind: "seat", seat: 1 });
  room.ending.value = { code: "replaced", message };
  render(<Ended />, { wrapper: inRoom(room) });
  return screen.getAllByRole("button").map(({ textContent }) => textContent);
}

test("a seat that is played on another screen is taken back here", () => {
  expect(ended("replaced")).toContain("Play here instead");
  expect(document.body.textContent).toContain("Take it back here whenever you like.");
});

test("a seat that whoever has the personal link plays is not promised to the phone that had the name", () => {
  expect(ended("by_link")).not.toContain("Play here instead");
  expect(document.body.textContent).toContain("Whoever has this name's personal link plays here now");
  expect(document.body.textContent).toContain("open your link on this phone");
  expect(document.body.textContent).not.toContain("Take it back");
});

test("from the table of a class the way back is through the class's door, which alone leads there", () => {
  hold("seat", "RRRRRRR", "t", "Ana", "CCCCCCC");
  const room = roomOf({}, {}, { kind: "seat", seat: 1 });
  room.code.value = "RRRRRRR";
  room.ending.value = { code: "replaced", message: "by_link" };
  render(<Ended />, { wrapper: inRoom(room) });
  fireEvent.click(screen.getByText("Join again"));
  expect(location.hash).toBe("#/j/CCCCCCC/me");
});

/** A phone whose seat at a table of class CCCCCCC is gone, with what the server says and what it was let in by. */
function fromTable(message: string, by = ""): void {
  hold("seat", "RRRRRRR", "t", "Ana", by);
  const room = roomOf({ room: { class: "CCCCCCC" } }, {}, { kind: "seat", seat: 1 });
  room.code.value = "RRRRRRR";
  room.ending.value = { code: "removed", message };
  render(<Ended />, { wrapper: inRoom(room) });
}

test("who came to a table by a learning platform is told the way back, not that a host freed the seat", () => {
  fromTable("removed");
  expect(document.body.textContent).toContain("open the game again the way you came");
  expect(document.body.textContent).not.toContain("freed");
  fireEvent.click(screen.getByText("Join again"));
  expect(location.hash).toBe("#/j/CCCCCCC");
});

test.each([
  ["Too loud", ""],
  ["removed", "CCCCCCC"],
])("a host's reason (%s) is told as before, and who came by the class's code (%s) asks there", (message, by) => {
  fromTable(message, by);
  expect(document.body.textContent).not.toContain("the way you came");
  expect(screen.getByText("Ask to return")).toBeTruthy();
});
