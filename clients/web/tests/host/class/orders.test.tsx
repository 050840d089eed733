// Orders of the class console: they go to the tables that can take them and to no other, what was done is said in
// words, and a table that has refused says why in the language of the page.
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { ClassPage } from "../../../src/host/class/class_page";
import type { Room } from "../../../src/store/room";
import { needIn, speak } from "../../../src/texts";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const CLASS = { code: "K7QF234", name: "10b", scenario: "quickstart", size: 4, people: 5 };
const running = {
  room: "A",
  dealt: 2,
  places: 4,
  status: "running",
  season: 1,
  seasons: 3,
  phase: "policy",
  people: 2,
};
const paused = { ...running, paused: true };
const over = { ...running, status: "over" };
const ending = { ...running, seasons: 1, last_season: true };

function console_(tables: object, answer: object = { ok: true, data: { tables: 1 } }, hand: object = {}): Room {
  const room = roomOf({ class: CLASS, tables }, hand, { kind: "host", member: 2 });
  vi.spyOn(room, "send").mockResolvedValue(answer as never);
  render(<ClassPage />, { wrapper: inRoom(room) });
  return room;
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const sent = (room: Room) => vi.mocked(room.send).mock.calls.map(([name, args]) => [name, args?.["table"]]);
const said = () => within(document.querySelector(".class-lead") as HTMLElement).getByRole("status").textContent;

afterEach(() => speak("en"));

test("an order to all goes to those that can take it, and to no table that is over or goes on anyway", async () => {
  const room = console_({ 1: over, 2: paused, 3: running, 4: paused });
  press("Go on");
  await waitFor(() => expect(said()).toBe("2 tables go on."));
  expect(sent(room)).toEqual([
    ["host.resume", 2],
    ["host.resume", 4],
  ]);
});

test("what all tables of the class can take is one order, answered by each at once", async () => {
  const room = console_({ 1: running, 2: running }, { ok: true, data: { tables: 2 } });
  press("Pause");
  await waitFor(() => expect(said()).toBe("2 tables are paused."));
  expect(sent(room)).toEqual([["host.pause", undefined]]);
});

test("a table where nobody is is asked as well, since it alone knows; that it cannot is not told", async () => {
  const lobby = { ...running, status: "lobby" };
  const asleep = { room: "D", dealt: 0, places: 4, status: "asleep" };
  const answer = { ok: true, data: { tables: 2, refused: { "3": { code: "rule", message: "" } } } };
  const room = console_({ 1: lobby, 2: lobby, 3: asleep }, answer);
  press("Start");
  await waitFor(() => expect(said()).toBe("2 tables have begun."));
  expect(sent(room)).toEqual([["host.start", undefined]]);
});

test("what was done goes once it has been read, and at once where another table is chosen", async () => {
  vi.useFakeTimers();
  console_({ 1: running, 2: running }, { ok: true, data: { tables: 2 } });
  const paused_ = async (): Promise<void> => {
    press("Pause");
    await act(async () => void (await vi.advanceTimersByTimeAsync(0)));
    expect(said()).toBe("2 tables are paused.");
  };
  await paused_();
  await act(async () => void (await vi.advanceTimersByTimeAsync(9_000)));
  expect(said()).toBe("2 tables are paused.");
  await act(async () => void (await vi.advanceTimersByTimeAsync(1_000)));
  expect(said()).toBe("");
  await paused_();
  press("Table 2");
  await act(async () => void (await vi.advanceTimersByTimeAsync(0)));
  expect(said()).toBe("");
  vi.useRealTimers();
});

test("a word to everybody goes to no table that is over", async () => {
  const room = console_({ 1: over, 2: running });
  fireEvent.input(screen.getByRole("textbox"), { target: { value: "Five minutes" } });
  press("Send");
  await waitFor(() => expect(said()).toBe("It stands on the phones of one table."));
  expect(room.send).toHaveBeenCalledExactlyOnceWith("host.announce", { text: "Five minutes", table: 2 });
});

const RAW = { code: "rule", message: "host.pause is not possible for you now." };

test.each([
  ["en", "Pause", "One table is paused.Not at table 2: “Pause” is not possible there now."],
  ["zh", "暂停", "1 桌已暂停。2 号桌没有照做：那里现在不能“暂停”。"],
] as const)(
  "a refusal is told in the language of the page (%s), with the table and the button's name",
  async (lang, button, words) => {
    await Promise.all([needIn(lang, "class"), speak(lang)]);
    console_({ 1: running, 2: running }, { ok: true, data: { tables: 1, refused: { "2": RAW } } });
    press(button);
    await waitFor(() => expect(said()).toBe(words));
  },
);

test("where no table has done it, that is said once", async () => {
  console_({ 1: running, 2: running }, { ok: false, error: RAW });
  press("Pause");
  await waitFor(() => expect(said()).toBe("Not at tables 1, 2: “Pause” is not possible there now."));
});

test("an end after this season is shown, and taken back", async () => {
  const room = console_({ 1: ending, 2: running });
  expect(document.querySelector(".class-lead")?.textContent).toContain("One table ends after this season.");
  expect(screen.getByText("ends after this season").closest("li")?.textContent).toContain("Table 1");
  press("Go on after this season");
  await waitFor(() => expect(said()).toBe("One table goes on after this season."));
  expect(room.send).toHaveBeenCalledExactlyOnceWith("host.last_season", { last: false, table: 1 });
});

test("whoever may not end the game neither sets its last season nor takes that back", () => {
  console_({ 1: ending, 2: running }, {}, { chair: { 2: { rank: "assistant", may: ["host.pause"] } } });
  const shown = screen.getAllByRole("button").map(({ textContent }) => textContent);
  expect(shown).toContain("Pause");
  expect(shown.filter((each) => each?.includes("after this season"))).toEqual([]);
});

test("an assistant closes the recap of a season that a lead has made the last", async () => {
  const chair = { 2: { rank: "assistant", may: ["host.pause"] } };
  const room = console_({ 1: { ...ending, phase: "recap", ends: true } }, {}, { chair });
  press("End game");
  fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "End game" }));
  await waitFor(() => expect(sent(room).map(([name]) => name)).toEqual(["host.end"]));
});

test("the question before the next phase says whom it leaves unfinished, of the tables that it closes", () => {
  console_({ 1: { ...running, people: 3, ready: 1 }, 2: { ...over, people: 3, ready: 0 } });
  press("Next phase");
  expect(screen.getByRole("dialog").textContent).toContain("2 people have not finished");
});

test.each([
  [{ 1: running, 2: { ...running, phase: "recap", season: 3 } }, "Table 2 is in its last recap: this ends its game."],
  [
    { 1: { ...running, phase: "recap", season: 3 }, 2: { ...running, phase: "recap", season: 3 } },
    "Tables 1, 2 are in their last recap: this ends their games.",
  ],
])("the question before the next phase says at which tables it ends the game", (tables, words) => {
  console_(tables);
  press("Next phase");
  expect(screen.getByRole("dialog").textContent).toContain(words);
});

test("the question before the next phase says which tables it leaves at their end, and how they end", () => {
  console_({ 1: running, 2: { ...running, phase: "recap", season: 2, last_season: true, ends: true } });
  press("Next phase");
  expect(screen.getByRole("dialog").textContent).toContain("Table 2 ends after this season, and this leaves it");
});

test("the question before the next phase ends no game in an earlier recap", () => {
  console_({ 1: { ...running, phase: "recap", season: 2 } });
  press("Next phase");
  expect(screen.getByRole("dialog").textContent).not.toContain("last recap");
});

test("a question whether to close a phase goes once a table is in the next one", async () => {
  const room = console_({ 1: running, 2: running });
  const first = (fields: object) =>
    act(() => room.view.replace({ class: CLASS, tables: { 1: { ...running, ...fields }, 2: running } } as never, {}));
  press("Next phase");
  expect(screen.getByRole("dialog")).toBeTruthy();
  first({ ready: 1 });
  expect(screen.getByRole("dialog")).toBeTruthy();
  first({ phase: "admission" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent(room)).toEqual([]);
});

test.each([
  [
    "en",
    "Next phase",
    "The phase is closed at one table.Table 1 had gone on already: “Next phase” has changed nothing there.",
  ],
  ["zh", "下一阶段", "1 桌的阶段已结束。1 号桌已经到了别的阶段：“下一阶段”没有再动那里。"],
] as const)("a phase that somebody else has closed first is not closed twice (%s)", async (lang, button, words) => {
  await Promise.all([needIn(lang, "class"), speak(lang)]);
  const refused = { "1": { code: "not_your_phase", message: "" } };
  const asleep = { room: "C", dealt: 0, places: 4, status: "asleep" };
  const room = console_(
    { 1: running, 2: { ...running, season: 2 }, 3: asleep, 4: over },
    { ok: true, data: { tables: 1, refused } },
  );
  press(button);
  fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: button }));
  await waitFor(() => expect(said()).toBe(words));
  const phases = ["1 1 policy", "2 2 policy", "3"];
  expect(room.send).toHaveBeenCalledExactlyOnceWith("host.advance", { phases });
});

const RANKING = { scene: "ranking", step: 3, curtain: false };
const revealed = { ...over, show: { scene: "why", step: 1, opened: 3 } };
const half = { ...over, show: { scene: "ranking", step: 1, opened: 2 } };

test("once all tables are over the ranking is shown at each that has not revealed it", async () => {
  const room = console_({ 1: over, 2: revealed, 3: half });
  press("Show the ranking");
  await waitFor(() => expect(said()).toBe("2 tables show who stands where, on phones and on their walls."));
  expect(vi.mocked(room.send).mock.calls).toEqual([
    ["host.show", { ...RANKING, table: 1 }],
    ["host.show", { ...RANKING, table: 3 }],
  ]);
});

test.each([
  ["one of them plays", { 1: over, 2: running }],
  ["all of them have revealed it", { 1: revealed, 2: { ...over, show: { scene: "ranking", step: 2, opened: 3 } } }],
])("no ranking is offered where %s", (_, tables) => {
  console_(tables);
  expect(screen.queryByRole("button", { name: "Show the ranking" })).toBeNull();
});

test("while others play the ranking of a table that is over is shown where that one is chosen", async () => {
  const room = console_({ 1: over, 2: running });
  press("Table 1");
  press("Show the ranking");
  await waitFor(() => expect(room.send).toHaveBeenCalledExactlyOnceWith("host.show", { ...RANKING, table: 1 }));
});

test("tables of a former game are not meant by what is for all", async () => {
  const room = console_({ 1: over, 2: { ...over, game: 2 } });
  press("Show the ranking");
  await waitFor(() => expect(room.send).toHaveBeenCalledExactlyOnceWith("host.show", { ...RANKING, table: 2 }));
});

const lobby = { ...running, status: "lobby", phase: "lobby" };

test("while tables play, those that wait are started, and no other", async () => {
  const room = console_({ 1: running, 2: lobby, 3: over, 4: lobby });
  press("Start");
  await waitFor(() => expect(said()).toBe("2 tables have begun."));
  expect(sent(room)).toEqual([
    ["host.start", 2],
    ["host.start", 4],
  ]);
});

test("the door is locked at all tables that are open, and opened again", async () => {
  const room = console_({ 1: running, 2: { ...lobby, locked: true }, 3: over });
  expect(screen.getByText("Door locked").closest("li")?.textContent).toContain("Table 2");
  press("Lock door");
  await waitFor(() => expect(said()).toBe("The door of one table is locked: nobody new comes in."));
  expect(vi.mocked(room.send).mock.calls).toEqual([["host.lock", { joining: false, table: 1 }]]);
  const locked = { ...running, locked: true };
  act(() => room.view.replace({ class: CLASS, tables: { 1: locked, 2: locked } } as never, {}));
  const key = screen.getByRole("button", { name: "Open door" });
  expect(key.getAttribute("aria-pressed")).toBe("true");
  fireEvent.click(key);
  await waitFor(() => expect(room.send).toHaveBeenLastCalledWith("host.lock", { joining: true }));
});

test("of one table that is chosen the door alone is locked, also where nobody is at another", async () => {
  const asleep = { room: "D", dealt: 0, places: 4, status: "asleep" };
  const room = console_({ 1: running, 2: running, 3: asleep });
  press("Table 2");
  press("Lock door");
  await waitFor(() => expect(room.send).toHaveBeenCalledExactlyOnceWith("host.lock", { joining: false, table: 2 }));
});

test.each([
  ["no table is open", { 1: over, 2: { room: "D", dealt: 0, places: 4, status: "asleep" } }, undefined],
  ["the host looks on", { 1: running }, ["class.rejoin_code"]],
])("no door is locked where %s", (_, tables, may) => {
  console_(tables, {}, { chair: { 2: { rank: "visitor", ...(may ? { may } : {}) } } });
  expect(screen.queryByRole("button", { name: "Lock door" })).toBeNull();
});
