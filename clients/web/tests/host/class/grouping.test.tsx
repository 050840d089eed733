// How a host has people grouped at tables, and what is asked at the door.
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { Groups } from "../../../src/host/class/people/grouping";
import { People } from "../../../src/host/class/people/people";
import type { Room } from "../../../src/store/room";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const TABLES = {
  1: { room: "AAAAAAA", dealt: 3, places: 4, status: "lobby" },
  2: { room: "BBBBBBB", dealt: 2, places: 4, status: "asleep" },
  3: { room: "CCCCCCC", dealt: 4, places: 4, status: "running" },
};
const NOTHING = { by: "size", question: "", answers: [], asks_wish: false };

function people(grouping: object = {}, tables: object = TABLES): Room {
  const table = { class: { code: "K7QF234", scenario: "quickstart", size: 4, people: 9 }, tables };
  const person = { 1: { name: "Ana", mark: "red", wants: "Bo" }, 2: { name: "Bo" } };
  const hand = { class: { grouping: { ...NOTHING, ...grouping } }, person };
  const room = roomOf(table, hand, { kind: "host", member: 1 });
  vi.spyOn(room, "send").mockResolvedValue({ ok: true, data: { dealt: 5, moved: 2 } });
  render(<People onPrint={() => undefined} />, { wrapper: inRoom(room) });
  return room;
}

test("one tap says how people are grouped from now on, and the sentence below says what that does", () => {
  const room = people({ by: "mix" });
  expect(screen.getByText(/spread over the tables/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Alike together" }));
  expect(room.send).toHaveBeenLastCalledWith("class.group", { by: "alike" });
});

test("all are dealt anew after a word of whom that concerns, and it is said what came of it", async () => {
  const room = people({ by: "mix" });
  fireEvent.click(screen.getByRole("button", { name: "Deal everybody anew" }));
  expect(screen.getByText(/Everybody at a table that has not begun/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Deal anew" }));
  expect(room.send).toHaveBeenLastCalledWith("class.group", { by: "mix", anew: true });
  await screen.findByText("2 people sit at another table now.");
  expect(screen.queryByText(/no place/)).toBeNull();
});

test.each([
  [1, "One person has no place: open another table, then deal anew."],
  [3, "3 people have no place: open more tables, then deal anew."],
])("for how many there was no place is said: %s", async (no_place, said) => {
  const room = people();
  vi.mocked(room.send).mockResolvedValue({ ok: true, data: { dealt: 5, moved: 2, no_place } });
  fireEvent.click(screen.getByRole("button", { name: "Deal everybody anew" }));
  fireEvent.click(screen.getByRole("button", { name: "Deal anew" }));
  expect(await screen.findByText(said)).toBeTruthy();
});

test("the fold stands alone as well, with the way that is usual", () => {
  render(<Groups />, { wrapper: inRoom(roomOf({ tables: TABLES }, {}, { kind: "host", member: 1 })) });
  expect(screen.getByRole("button", { name: "Evenly" }).getAttribute("aria-pressed")).toBe("true");
});

test("with one table there is nothing to deal anew", () => {
  people({}, { 1: TABLES[1], 3: TABLES[3] });
  expect(screen.getByRole("button", { name: "Deal everybody anew" }).getAttribute("aria-disabled")).toBe("true");
});

test("after a game people are dealt to the tables of the next, if there is only one", () => {
  people({}, { 1: { ...TABLES[1], dealt: 0 }, 3: { ...TABLES[3], status: "over" } });
  expect(screen.getByRole("button", { name: "Deal everybody anew" }).getAttribute("aria-disabled")).toBe("false");
});

test("a question at the door is set with its answers, a line each, and taken away again", async () => {
  const room = people();
  fireEvent.input(screen.getByRole("textbox", { name: "The question" }), { target: { value: " Left or right? " } });
  fireEvent.input(screen.getByRole("textbox", { name: /answers/ }), { target: { value: "Left\n\n Right \n" } });
  fireEvent.click(screen.getByRole("button", { name: "Ask" }));
  fireEvent.click(screen.getByRole("button", { name: "Ask from now on" }));
  expect(room.send).toHaveBeenLastCalledWith("class.ask", {
    question: "Left or right?",
    answers: ["Left", "Right"],
    wish: true,
  });
  fireEvent.input(screen.getByRole("textbox", { name: "The question" }), { target: { value: "" } });
  fireEvent.click(screen.getByRole("button", { name: "Don’t ask" }));
  const none = await screen.findByRole("button", { name: "Ask nothing" });
  await waitFor(() => expect(none.getAttribute("aria-busy")).not.toBe("true"));
  fireEvent.click(none);
  expect(room.send).toHaveBeenLastCalledWith("class.ask", { wish: false });
});

test("what is said of somebody stands beside the name, for hosts", () => {
  people();
  expect(screen.getByRole("button", { name: /Ana.*red.*with Bo/ })).toBeTruthy();
});
