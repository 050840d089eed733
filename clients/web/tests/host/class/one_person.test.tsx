// One person of a class: to which tables they can be moved, what happens to the seat they leave, and what is asked
// before they are taken out.
import { fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { OnePerson } from "../../../src/host/class/people/one_person";
import { OwnSlip } from "../../../src/host/class/people/own_slip";
import { People } from "../../../src/host/class/people/people";
import { Sheets } from "../../../src/host/class/sheets";
import type { ClassPerson } from "../../../src/store/classes";
import type { Room } from "../../../src/store/room";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const ANA: ClassPerson = { number: 5, name: "Ana", table: 2, seat: 3, here: true, listed: false, mark: "", wants: "" };
const printed = vi.fn();
const table = (status: string, dealt = 1, places = 4) => ({ room: `ROOM${status}`, dealt, places, status });

function personAmong(tables: object, hand: object = {}, person = ANA): Room {
  const room = roomOf({ class: { code: "K7QF234", size: 4 }, tables }, hand, { kind: "host", member: 2 });
  vi.spyOn(room, "send").mockResolvedValue({ ok: true });
  render(<OnePerson person={person} onDone={() => undefined} onPrint={printed} />, { wrapper: inRoom(room) });
  return room;
}

const options = () => screen.getAllByRole<HTMLOptionElement>("option");
const move = () => screen.getByRole("button", { name: "Move" });

test("nobody is moved to a table that is over or gone: none is offered, and one that goes on is chosen", () => {
  const room = personAmong({
    1: table("over"),
    2: table("running"),
    3: table("gone"),
    4: table("asleep"),
    5: table("lobby"),
  });
  expect(options().map(({ value }) => value)).toEqual(["4", "5"]);
  fireEvent.click(move());
  expect(room.send).toHaveBeenCalledWith("class.move", { person: 5, to: 4 });
});

test("a full table says so, and is neither chosen nor to be chosen", () => {
  const room = personAmong({ 1: table("running", 4), 2: table("running"), 3: table("running", 2) });
  expect(options().map(({ textContent }) => textContent)).toEqual([
    "Table 1: full, 4 of 4",
    "Table 3: 2 of 4 places taken",
  ]);
  expect(options().map(({ disabled }) => disabled)).toEqual([true, false]);
  fireEvent.click(move());
  expect(room.send).toHaveBeenCalledWith("class.move", { person: 5, to: 3 });
});

test.each([
  ["All other tables are full", { 1: table("running", 4), 2: table("running"), 3: table("over") }],
  ["There is no other table that goes on.", { 2: table("running"), 3: table("over") }],
])("where nobody can be moved it is said why: %s", (why, tables) => {
  const room = personAmong(tables);
  expect(document.body.textContent).toContain(why);
  for (const button of screen.queryAllByRole("button", { name: "Move" })) fireEvent.click(button);
  expect(room.send).not.toHaveBeenCalled();
});

const FULL = { 1: table("running", 4), 2: table("running", 4), 3: table("over", 4) };
const OTHERS = {
  5: { name: "Ana", table: 2, seat: 3 },
  6: { name: "Bo", table: 2 },
  7: { name: "Cy", table: 1 },
  8: { name: "Di", table: 1, seat: 4 },
  9: { name: "Ed", table: 3 },
  10: { name: "Fay" },
};

test("two change places where all tables are full: with those of other tables that go on", async () => {
  const room = personAmong(FULL, { person: OTHERS });
  const whom = screen.getByRole<HTMLSelectElement>("combobox", { name: "With whom" });
  expect([...whom.options].map(({ textContent }) => textContent)).toEqual(["Cy, table 1", "Di, table 1"]);
  fireEvent.change(whom, { target: { value: "8" } });
  fireEvent.click(screen.getByRole("button", { name: "Swap" }));
  await waitFor(() => expect(room.send).toHaveBeenCalledExactlyOnceWith("class.swap", { person: 5, with: 8 }));
});

test.each([
  ["nobody sits at another table that goes on", { person: { 5: OTHERS[5], 9: OTHERS[9] } }, ANA],
  ["their own table is over", { person: OTHERS }, { ...ANA, table: 3 }],
  ["they have no table yet", { person: OTHERS }, { ...ANA, table: 0 }],
  ["a server of before knows no swap", { person: OTHERS, chair: { 2: { rank: "lead", may: ["class.move"] } } }, ANA],
])("nobody is offered to change places where %s", (_, hand, person) => {
  personAmong(FULL, hand, person);
  expect(screen.queryByRole("button", { name: "Swap" })).toBeNull();
});

test.each([
  ["running", /a bot plays it on/],
  ["lobby", /their present seat is free again/],
  ["over", /What they have reached in the game that is over stays theirs/],
])("what becomes of the seat is said: at a table that is %s", (status, said) => {
  personAmong({ 1: table("lobby"), 2: table(status) });
  expect(move().closest("section")?.textContent).toMatch(said);
  expect(/a bot/.test(move().closest("section")?.textContent ?? "")).toBe(status === "running");
});

test.each([
  ["running", ANA, /a bot plays their seat on/],
  ["lobby", ANA, /Their seat is free again/],
  ["over", ANA, /open nothing any more\. What they have done stays/],
  ["running", { ...ANA, seat: 0 }, /open nothing any more\. What they have done stays/],
])(
  "a bot plays on the seat of whoever is removed only where the game has begun: at a table that is %s",
  (is, who, said) => {
    personAmong({ 2: table(is) }, {}, who);
    const text = screen.getByRole("button", { name: "Remove from the class" }).closest("section")?.textContent ?? "";
    expect(text).toMatch(said);
    expect(/a bot/.test(text)).toBe(is === "running" && who.seat > 0);
  },
);

test("somebody is removed once it was said what goes and what stays", async () => {
  const room = personAmong({ 2: table("running") });
  fireEvent.click(screen.getByRole("button", { name: "Remove from the class" }));
  const question = within(screen.getByRole("dialog", { name: "Remove Ana from the class?" }));
  expect(question.getByText(/their personal link/).textContent).toMatch(
    /Gone: their seat.*What stays: the points.*Their name is free: whoever types it on another phone comes in/,
  );
  expect(room.send).not.toHaveBeenCalled();
  fireEvent.click(question.getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(room.send).toHaveBeenCalledWith("class.remove", { person: 5 }));
});

test("whoever may not remove anybody has no button for it", () => {
  personAmong({ 2: table("running") }, { chair: { 2: { rank: "assistant", may: ["class.move", "class.new_link"] } } });
  expect(screen.queryByRole("button", { name: "Remove from the class" })).toBeNull();
});

test.each([
  ["a lead", {}, true],
  ["an assistant", { chair: { 2: { rank: "assistant", may: ["class.people", "class.move"] } } }, false],
])("whoever was removed after they had a seat is erased by %s alone", async (_, chair, may) => {
  const hand = { removed: { 7: { name: "Cy" } }, ...chair };
  const room = roomOf({ class: { code: "K7QF234", size: 4 }, tables: {} }, hand, { kind: "host", member: 2 });
  vi.spyOn(room, "send").mockResolvedValue({ ok: true });
  render(<People onPrint={() => undefined} />, { wrapper: inRoom(room) });
  expect(screen.queryByText("Removed from the class (1)") !== null).toBe(may);
  if (!may) return;
  const cy = within(screen.getByRole("region", { name: "Cy", hidden: true }));
  fireEvent.click(cy.getByRole("button", { name: "Erase this person", hidden: true }));
  expect(cy.getByText(/A what-if room .* has the same people: erase this person there too\./)).toBeTruthy();
  fireEvent.click(cy.getByRole("button", { name: "Erase for good", hidden: true }));
  await waitFor(() => expect(room.send).toHaveBeenCalledWith("class.erase_person", { person: 7 }));
});

const LINKS = { 5: "ABCD2345EFGH", 6: "ZZZZ9999YYYY" };

test("one person's slip is shown where phone or slip is lost: QR, pass and link; it prints alone", async () => {
  const room = personAmong({ 2: table("running") });
  expect(document.querySelector(".qr")).toBeNull();
  vi.mocked(room.send).mockResolvedValue({ ok: true, data: { links: LINKS } });
  fireEvent.click(screen.getByRole("button", { name: "Show this person’s slip" }));
  const slip = (await screen.findByText("Pass: ABCD 2345 EFGH")).closest("li");
  expect(slip?.querySelector(".qr")).not.toBeNull();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Personal link" }).value).toMatch(
    /#\/j\/K7QF234\/me\/ABCD2345EFGH$/,
  );
  expect(document.body.innerHTML).not.toContain("ZZZZ");
  fireEvent.click(screen.getByRole("button", { name: "Print this slip" }));
  expect(printed).toHaveBeenLastCalledWith(5);
});

test("a new personal link shows the new slip at once", async () => {
  const room = roomOf({ class: { code: "K7QF234", size: 4 } }, {}, { kind: "host" });
  vi.spyOn(room, "send").mockImplementation(async (name) => ({
    ok: true,
    ...(name === "class.links" ? { data: { links: LINKS } } : {}),
  }));
  render(<OwnSlip person={ANA} onPrint={printed} />, { wrapper: inRoom(room) });
  fireEvent.click(screen.getByRole("button", { name: "New personal link" }));
  expect(await screen.findByText("Pass: ABCD 2345 EFGH")).toBeTruthy();
  expect(vi.mocked(room.send).mock.calls.map(([name]) => name)).toEqual(["class.new_link", "class.links"]);
  expect(screen.getByRole("status").textContent).toContain("this is the new slip");
});

test("one slip lies over the page to be printed without anybody else's", async () => {
  const people = { 5: { name: "Ana" }, 6: { name: "Bo" } };
  const room = roomOf({ class: { code: "K7QF234", size: 4 }, tables: {} }, { person: people }, { kind: "host" });
  vi.spyOn(room, "send").mockResolvedValue({ ok: true, data: { links: LINKS } });
  render(<Sheets opened={{ slip: 6 }} onOpen={() => undefined} />, { wrapper: inRoom(room) });
  expect(await screen.findByText("Bo")).toBeTruthy();
  expect(screen.queryByText("Ana")).toBeNull();
});

test("the sheet of links closes by Escape, but not with a question that lies over it", async () => {
  const room = roomOf({ class: { code: "K7QF234", size: 4 }, tables: {} }, {}, { kind: "host" });
  vi.spyOn(room, "send").mockResolvedValue({ ok: true, data: { links: LINKS } });
  const opened = vi.fn();
  render(<Sheets opened="links" onOpen={opened} />, { wrapper: inRoom(room) });
  const over = document.body.appendChild(document.createElement("dialog"));
  over.open = true;
  fireEvent.keyDown(document, { key: "Escape" });
  expect(opened).not.toHaveBeenCalled();
  over.remove();
  fireEvent.keyDown(document, { key: "Tab" });
  fireEvent.keyDown(document, { key: "Escape" });
  expect(opened).toHaveBeenCalledExactlyOnceWith("people");
});

test("the words by which a table calls somebody stand behind their name, in the list and over what is done", () => {
  const people = { 5: { name: "Anastasia", table: 1, seat: 3, called: "Jolly Spindle" }, 6: { name: "Bo", table: 1 } };
  const room = roomOf({ class: { code: "K7QF234", size: 4 }, tables: {} }, { person: people }, { kind: "host" });
  render(<People onPrint={() => undefined} />, { wrapper: inRoom(room) });
  const row = screen.getByText("Anastasia (Jolly Spindle)").closest("button");
  expect(row?.textContent).toContain("Table 1");
  expect(screen.getByText("Bo")).toBeTruthy();
  fireEvent.click(row as HTMLButtonElement);
  expect(screen.getByRole("heading", { name: "Anastasia (Jolly Spindle)" })).toBeTruthy();
});
