// The class console: whom an order is for, what is offered, what some tables have refused, and what needs somebody.
import { fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { ClassPage } from "../../../src/host/class/class_page";
import { classFrame } from "../../../src/host/class/new_class";
import { offered } from "../../../src/host/class/orders";
import { AddNames } from "../../../src/host/class/people/add_names";
import { listIn } from "../../../src/host/class/people/names";
import { inGroups } from "../../../src/host/class/people/to_print";
import { FIRST_WISH } from "../../../src/host/create/room_wish";
import type { ClassTable } from "../../../src/store/classes";
import { held } from "../../../src/store/kept/held_seats";
import type { Room } from "../../../src/store/room";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const RUNNING = { room: "AAAAAAA", dealt: 3, places: 4, status: "running", season: 1, seasons: 3, phase: "policy" };
const CLASS = { code: "K7QF234", name: "10b", scenario: "quickstart", size: 4, people: 5 };
const TABLES = {
  1: { ...RUNNING, people: 3, here: 3, ready: 2, asks: 2, clock: { deadline: 9 } },
  2: { ...RUNNING, room: "BBBBBBB", people: 2, here: 2, paused: true },
};
const ANA = { name: "Ana", table: 1, seat: 1, here: true };

function console_(tables: object = TABLES, hand: object = {}, about: object = {}): Room {
  const room = roomOf({ class: { ...CLASS, ...about }, tables }, hand, { kind: "host", member: 2 });
  vi.spyOn(room, "send").mockResolvedValue({ ok: true, data: { tables: 1 } });
  render(<ClassPage />, { wrapper: inRoom(room) });
  return room;
}

test("an order is for all tables until one is chosen, and the heading says for whom", () => {
  const room = console_();
  fireEvent.click(screen.getByRole("button", { name: "+ 30 s" }));
  expect(room.send).toHaveBeenLastCalledWith("host.extend", { seconds: 30, table: 1 }); // no clock runs at the other
  fireEvent.click(screen.getByRole("button", { name: "Table 2" }));
  expect(screen.getByRole("heading", { name: "Table 2" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Go on" }));
  expect(room.send).toHaveBeenLastCalledWith("host.resume", { table: 2 });
});

test("tables keep together where a host says so, and one that waits is known by its card", () => {
  const waits = { ...TABLES, 1: { ...TABLES[1], waits: true } };
  const room = console_(waits);
  expect(screen.getByText("waits for the others")).toBeTruthy();
  const button = screen.getByRole("button", { name: "Tables keep together" });
  expect(button.getAttribute("aria-pressed")).toBe("false");
  fireEvent.click(button);
  expect(room.send).toHaveBeenLastCalledWith("class.in_step", { on: true });
  fireEvent.click(screen.getByRole("button", { name: "Table 2" }));
  expect(screen.queryByRole("button", { name: "Tables keep together" })).toBeNull();
});

test("where tables keep together the same button ends it, and it is said what it means", () => {
  const room = console_(TABLES, {}, { in_step: true });
  expect(document.body.textContent).toContain("A phase ends at all tables once the last one is done.");
  fireEvent.click(screen.getByRole("button", { name: "Tables keep together" }));
  expect(room.send).toHaveBeenLastCalledWith("class.in_step", { on: false });
});

const WANTS_A_RANK = [
  "Tables keep together",
  "Pause",
  "+ 30 s",
  "Next phase",
  "Send",
  "Show all tables on the wall",
  "Open more tables",
];

test.each([
  ["a lead", undefined, true],
  ["an assistant", ["host.pause", "host.announce", "class.in_step", "class.wall", "class.tables", "class.move"], true],
  ["a visitor", ["class.rejoin_code"], false],
])("%s has the buttons of what the rank may send", (_, may, has) => {
  const hand = { chair: { 2: { rank: "visitor", ...(may ? { may } : {}) } }, person: { 1: { name: "Ana" } } };
  console_(TABLES, hand, { compare: true });
  expect(document.body.textContent).toContain("The wall shows the tables beside each other.");
  fireEvent.click(screen.getByRole("button", { name: "More" }));
  const shown = screen.getAllByRole("button").map(({ textContent }) => textContent);
  expect(WANTS_A_RANK.filter((each) => shown.includes(each))).toEqual(has ? WANTS_A_RANK : []);
});

test.each([
  ["a lead", undefined, true],
  ["a visitor", [], false],
])("%s reads who is in the class, and does with them what the rank may", (_, may, acts) => {
  const hand = { chair: { 2: { rank: "visitor", ...(may ? { may } : {}) } }, person: { 1: ANA } };
  console_(TABLES, hand);
  fireEvent.click(screen.getByRole("button", { name: "1 here of 5 people" }));
  const sheet = within(screen.getByRole("dialog"));
  expect(sheet.queryAllByRole("textbox").length > 0).toBe(acts);
  expect(sheet.queryByRole("button", { name: "Sheet of personal links" }) !== null).toBe(acts);
  expect(sheet.getByRole<HTMLButtonElement>("button", { name: /Ana/ }).disabled).toBe(!acts);
});

test("in the recap of a last season the game is ended, at the tables that are there and at no other", async () => {
  const last = { ...TABLES[1], phase: "recap", season: 3, ends: true };
  const room = console_({
    1: last,
    2: { ...last, room: "BBBBBBB" },
    3: { room: "C", dealt: 0, places: 4, status: "lobby" },
  });
  expect(screen.queryByRole("button", { name: "Next phase" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "End game" }));
  fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "End game" }));
  const phases = ["1 3 recap", "2 3 recap"];
  await waitFor(() => expect(room.send).toHaveBeenCalledExactlyOnceWith("host.end", { phases }));
});

test.each([
  [{}, 3, "Needs you3 people wait for a table"],
  [{ 1: { ...RUNNING, here: 3, people: 3 } }, 1, "Needs youOne person waits for a table"],
])("who waits for a table is counted in front", (tables, waiting, words) => {
  console_(tables, { class: { waiting } });
  expect(screen.getByRole("region", { name: "Needs you" }).textContent).toBe(words);
  fireEvent.click(screen.getByRole("button", { name: /wait.* for a table/ }));
  expect(screen.getByRole("dialog", { name: "More tables" })).toBeTruthy();
});

test("what needs somebody stands in front, and a press chooses the table", () => {
  console_();
  const needed = screen.getByRole("region", { name: "Needs you" });
  expect(needed.textContent).toContain("Table 1: 2 ask for help");
  fireEvent.click(screen.getByRole("button", { name: "Table 2: paused" }));
  expect(screen.getByRole("heading", { name: "Table 2" })).toBeTruthy();
});

test("how many ask or are lost is in the hosts' hand, by table", () => {
  const { asks: _, ...unasked } = TABLES[1];
  console_({ 1: unasked, 2: { ...unasked, room: "BBBBBBB" } }, { tables: { 1: { asks: 1 }, 2: { lost: 2 } } });
  const needed = screen.getByRole("region", { name: "Needs you" });
  expect(needed.textContent).toContain("Table 1: one asks for help");
  expect(needed.textContent).toContain("Table 2: 2 lost");
});

test("nobody needs a teacher at a table of a former game", () => {
  const over = { ...RUNNING, status: "over", people: 3, here: 3 };
  const next = { ...TABLES[1], asks: 0, game: 2 };
  const hand = { tables: { 1: { asks: 1, lost: 1 } } };
  console_({ 1: over, 2: { ...over, status: "gone" }, 3: next }, hand);
  expect(screen.queryByRole("region", { name: "Needs you" })).toBeNull();
});

test("who asks at a table that is over is told of until the next game is there", () => {
  console_({ 1: { ...RUNNING, status: "over" } }, { tables: { 1: { asks: 1 } } });
  expect(screen.getByRole("region", { name: "Needs you" }).textContent).toContain("Table 1: one asks for help");
});

test("a table's console is opened with the class's own token, and is no room of its own on this device", () => {
  const room = console_();
  localStorage.setItem("ms.host.K7QF234", JSON.stringify({ token: "secret", at: 1 }));
  const link = screen.getByRole("link", { name: "Open table 2 in a tab" });
  expect(link.getAttribute("href")).not.toContain("secret");
  fireEvent(link, new MouseEvent("auxclick", { bubbles: true })); // a press of the wheel opens a tab as well
  expect(held("host", "BBBBBBB")).toMatchObject({ token: "secret", of: room.code.value });
});

test("tables of former games are folded under one line at the end, while others are played", () => {
  const over = { ...RUNNING, status: "over" };
  console_({ 1: over, 2: { ...over, status: "gone" }, 3: { ...TABLES[1], game: 2 }, 4: { ...TABLES[2], game: 2 } });
  const names = (within: Element | null) => [...(within?.querySelectorAll(".class-table [aria-pressed]") ?? [])];
  const main = document.querySelector("main");
  expect(names(main).map(({ textContent }) => textContent)).toEqual(["Table 3", "Table 4", "Table 1", "Table 2"]);
  const fold = screen.getByText("Former games (2 tables)").closest("details");
  expect(fold?.open).toBe(false);
  expect(names(fold)).toHaveLength(2);
  expect(screen.getByRole("heading", { name: "All 2 tables" })).toBeTruthy();
});

test("a table that ends early stays with its game until the next one is there", () => {
  console_({ 1: { ...RUNNING, status: "over" }, 2: TABLES[1], 3: TABLES[2] });
  expect(screen.queryByText(/Former games/)).toBeNull();
  const shown = [...document.querySelectorAll(".class-table [aria-pressed]")].map(({ textContent }) => textContent);
  expect(shown).toEqual(["Table 1", "Table 2", "Table 3"]);
  expect(screen.getByRole("heading", { name: "All 3 tables" })).toBeTruthy();
});

test("how many are here is what the list behind it says, also of who is still at a table of the game before", () => {
  const former = { ...RUNNING, status: "over", here: 2 };
  const bo = { ...ANA, name: "Bo", seat: 2, here: false };
  const person = { 1: ANA, 2: bo, 3: { ...ANA, name: "Cy", table: 3 } };
  console_({ 1: former, 2: { ...former, here: 0 }, 3: { ...RUNNING, game: 2, here: 1 } }, { person }, { people: 3 });
  fireEvent.click(screen.getByRole("button", { name: "2 here of 3 people" }));
  const list = within(screen.getByRole("dialog"));
  expect(list.getAllByRole("button", { name: /· here/ })).toHaveLength(2);
  expect(list.getByRole("button", { name: "1 missing" })).toBeTruthy();
});

test("each former game is compared, and taken home, by itself while the next one is played", async () => {
  const over = { ...RUNNING, status: "over" };
  const fetched = vi
    .fn()
    .mockResolvedValue(new Response(JSON.stringify({ error: { code: "rule", message: "Later" } }), { status: 409 }));
  vi.stubGlobal("fetch", fetched);
  console_({ 1: over, 2: { ...over, game: 2 }, 3: { ...over, game: 3 }, 4: { ...TABLES[1], game: 3 } });
  const fold = within(screen.getByText("Former games (2 tables)").closest("details") as HTMLElement);
  expect(fold.getAllByRole("heading", { hidden: true }).map(({ textContent }) => textContent)).toEqual([
    "Game 2",
    "Game 1",
  ]);
  const buttons = fold.getAllByRole("button", { name: "Compare, and take home", hidden: true });
  expect(buttons).toHaveLength(2); // the third game goes on at table 4
  fireEvent.click(buttons[0] as HTMLElement);
  expect(screen.getByRole("dialog", { name: "Game 2" })).toBeTruthy();
  await waitFor(() => expect(fetched.mock.calls[0]?.[0]).toBe("api/classes/K7QF234/compare?game=2"));
  vi.unstubAllGlobals();
});

test("when all tables are over those of the latest game stand open", () => {
  const over = { ...RUNNING, status: "over" };
  console_({ 1: over, 2: { ...over, game: 2 } });
  expect(within(document.querySelector("details") as HTMLElement).getByText("Table 1")).toBeTruthy();
  expect(screen.getByText("Table 2").closest("details")).toBeNull();
});

test("when all tables are over they stand open", () => {
  const over = { ...RUNNING, status: "over" };
  console_({ 1: over, 2: over });
  expect(document.querySelector("details")).toBeNull();
  expect(document.querySelectorAll(".class-table")).toHaveLength(2);
  expect(screen.getByRole("heading", { name: "All 2 tables" })).toBeTruthy();
});

const table = (status: string, more: object = {}): ClassTable =>
  ({ number: 1, room: "A", dealt: 0, places: 4, status, ...more }) as ClassTable;

test.each([
  [[table("lobby")], ["start"]],
  [[table("running", { season: 3, seasons: 3 })], ["advance", "pause"]],
  [[table("running", { paused: true, season: 1, seasons: 3 })], ["advance", "last_season", "resume"]],
  [
    [table("lobby"), table("running", { clock: { deadline: 1 } })],
    ["advance", "extend", "pause", "start"],
  ],
  [[table("over"), table("gone"), table("asleep")], ["ranking"]],
  [
    [table("over"), table("running", { ends: true })],
    ["end", "pause"],
  ],
  [
    [table("running", { ends: true }), table("running")],
    ["advance", "pause"],
  ],
  [
    [table("running", { ends: true }), table("lobby")],
    ["end", "pause", "start"],
  ],
])("only what one of the tables can do now is offered", (tables, names) => {
  expect([...offered(tables)].sort()).toEqual(names);
});

test("a class is asked for with its tables in place of a room's seats", () => {
  const wish = { ...FIRST_WISH, language: "en", people: 50, table: 24, name: " 10b ", sameDice: true } as const;
  const frame = classFrame(wish, "id") as object;
  expect(frame).toMatchObject({ class: { people: 50, table: 24, name: "10b", same_dice: true } });
  expect(frame).not.toHaveProperty("options.seats");
});

test("none and one are said in words of their own", () => {
  console_({}, {}, { people: 0 });
  expect(screen.getByRole("heading", { name: "No table yet" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Nobody on the list yet" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Next phase" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Open more tables" }));
  expect(document.body.textContent).toContain("No table is open.");
});

test("where all tables are over it is said what is opened then", () => {
  console_({ 1: { ...RUNNING, status: "over" } });
  fireEvent.click(screen.getByRole("button", { name: "More" }));
  fireEvent.click(screen.getByRole("button", { name: "Open more tables" }));
  expect(document.body.textContent).toContain("All tables are over. What you open now is the next game");
  expect(document.body.textContent).not.toContain("No table is open.");
});

test("a table with one place and one who asks is told of without a plural", () => {
  console_(
    { 1: { ...RUNNING, places: 1, people: 1, here: 1, dealt: 1, asks: 1, lost: 1, bots: 1 } },
    { person: { 1: ANA } },
    { people: 1 },
  );
  const shown = document.body.textContent;
  for (const words of ["1 here of 1 person", "1 of 1 here, 1 place · one by a bot", "one asks for help", "one is lost"])
    expect(shown).toContain(words);
});

test("ten thousand names are too many: that is said, and nothing is sent", () => {
  const room = roomOf({ class: CLASS }, {}, { kind: "host" });
  vi.spyOn(room, "send");
  render(<AddNames isFirst />, { wrapper: inRoom(room) });
  const text = Array.from({ length: 10_000 }, (_, index) => `n${index}`).join("\n");
  fireEvent.input(screen.getByRole("textbox"), { target: { value: text } });
  expect(screen.getByRole("alert").textContent).toContain("at most 1000");
  fireEvent.click(screen.getByRole("button"));
  expect(room.send).not.toHaveBeenCalled();
});

test("names go out in pieces, and twins and what can't be shown are told", async () => {
  const room = roomOf({ class: CLASS }, {}, { kind: "host" });
  const send = vi.spyOn(room, "send").mockResolvedValue({
    ok: true,
    data: {
      added: 2,
      people: 17,
      twins: ["Ana"],
      bad: ["\u200b", "Teacher", "Аnna"],
      reserved: ["Teacher"],
      mixed: ["Аnna"],
      changed: ["Maximilian"],
    },
  });
  render(<AddNames isFirst />, { wrapper: inRoom(room) });
  const text = Array.from({ length: 201 }, (_, index) => `n${index}`).join("\n");
  fireEvent.input(screen.getByRole("textbox"), { target: { value: text } });
  fireEvent.click(screen.getByRole("button", { name: "Add 201 names" }));
  await waitFor(() => screen.getByText("4 names were added; the list has 17 now."));
  const names = text.split("\n");
  expect(send.mock.calls.map(([, args]) => args?.["names"])).toEqual([names.slice(0, 200), names.slice(200)]);
  const said = screen.getByRole("status").textContent;
  expect(said).toContain("twice: Ana, Ana.");
  expect(said).toContain("Can't be shown as names: \u200b, \u200b.");
  expect(said).toContain("write each in one of them: Аnna, Аnna.");
  expect(said).toContain("Kept for hosts, so nobody can be called that: Teacher, Teacher.");
  expect(said).toContain("Shortened, or written without signs that can't be seen: Maximilian, Maximilian.");
});

test("names that were not taken stay in the field with their groups, and no others", async () => {
  const room = roomOf({ class: CLASS }, {}, { kind: "host" });
  vi.spyOn(room, "send").mockResolvedValue({ ok: true, data: { added: 1, people: 3, twins: ["Bo"], left: [1] } });
  render(<AddNames isFirst />, { wrapper: inRoom(room) });
  const field = screen.getByRole<HTMLTextAreaElement>("textbox");
  const long = "x".repeat(201);
  fireEvent.input(field, { target: { value: `name,group\nAna,red\nbo,blue\n${long},red` } });
  fireEvent.click(screen.getByRole("button", { name: "Add 3 names" }));
  await waitFor(() => screen.getByText("One name was added; the list has 3 now."));
  expect(listIn(field.value)).toEqual([
    { name: long, mark: "red" },
    { name: "bo", mark: "blue" },
  ]);
  expect(screen.getByRole("status").textContent).toContain("still stands in the field");
  const again = (): string | null => screen.getByRole("button").getAttribute("aria-disabled");
  await waitFor(() => expect(again()).toBe("true"));
  fireEvent.input(field, { target: { value: "name,group\nbo b,blue" } });
  await waitFor(() => expect(again()).not.toBe("true"));
});

test("a personal code is printed in groups", () => {
  expect(inGroups("XBPK22826EJT")).toBe("XBPK 2282 6EJT");
});

test("slips to print speak the language of the class, on a console that speaks another", async () => {
  const room = console_(TABLES, { person: { 1: ANA } }, { language: "zh" });
  vi.mocked(room.send).mockResolvedValue({ ok: true, data: { links: { 1: "ABCD2345EFGH" } } });
  fireEvent.click(screen.getByRole("button", { name: "1 here of 5 people" }));
  fireEvent.click(screen.getByRole("button", { name: "Sheet of personal links" }));
  const slip = (await screen.findByText("Ana")).closest("li");
  expect(slip?.textContent).toContain("10b，班级 K7QF234");
  expect(slip?.textContent).toContain("通行码：ABCD 2345 EFGH");
  expect(slip?.textContent).toMatch(/打开 \S+，房间代码填 K7QF234，再点开“我有座位通行码”。不用填名字。/);
  expect(screen.getByRole("button", { name: "Close" })).toBeTruthy();
});
