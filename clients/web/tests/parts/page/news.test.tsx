import { act, cleanup, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Happened, undoneIn } from "../../../src/parts/page/news";
import type { Line, Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import type { DatedLine } from "../../../src/store/log";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

function told(...all: [text: string, season?: number, phase?: string][]): DatedLine[] {
  return all.map(([text, season = 1, phase = "policy"], index) => ({
    number: index + 1,
    text,
    season,
    phase,
    first_season: 1,
    values: { season, phase },
  }));
}

/** Return how lines are told to a seat one after another: what stands under the question after each. */
function reader(seat: number, phase: string, table: object = {}) {
  cleanup();
  open?.close();
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const seats = { 1: { id: 1, role: "maker", name: "Mina" }, 2: { id: 2, role: "investor", name: "Bo" } };
  const tree = { game: { status: "running", season: 1, phase }, seat: seats, ...table } as unknown as Tree;
  world.last.say(welcome(tree, {}, { you: { kind: "seat", seat, role: seat === 1 ? "maker" : "investor" } }));
  render(<RoomContext.Provider value={room}>{<Happened />}</RoomContext.Provider>);
  let seq = 10;
  return (text: string, values: Line["values"] = {}, ...then: Line[]): string | null | undefined => {
    seq += 1;
    const log = [{ text, values }, ...then].map((line) => ({ ...line, seq }));
    void act(() => world.last.say({ type: "update", seq, now: 1, log }));
    return document.querySelector(".happened .line")?.textContent;
  };
}

/** Return what the list behind the button tells, newest first, with the phase above it. */
function story(): { [when: string]: string[] } {
  act(() => document.querySelector<HTMLElement>(".happened")?.click());
  const sections = [...document.querySelectorAll("dialog section")];
  const told = sections.map((each) => [
    each.querySelector("h3")?.textContent ?? "",
    [...each.querySelectorAll("li")].map((line) => line.textContent ?? ""),
  ]);
  return Object.fromEntries(told);
}

test("what a card tells of this seat, and what touches somebody else, is no news under the question", () => {
  const after = reader(2, "exchange");
  after("phase_opened", { season: 1, phase: "admission" });
  after("phase_opened", { season: 1, phase: "exchange" });
  after("introduced", { space: 1, maker: 1, investor: 2 });
  const news = after("badge_given", { investor: 2, space: 9 });
  expect(news).toMatch(/introduces Mina and you/);
  const others = reader(1, "exchange");
  expect(others("terms_posted", { investor: 2, fee: 1, shares: 100 })).toBeUndefined();
  expect(document.querySelector(".happened")?.textContent).toContain("What just happened");
  expect(story()).toEqual({ "Season 1, Exchange": ["Bo posted a price for hours: fee 1, shares 1%."] });
});

test("what a close has decided is no news that it may still be spared, and stands with the phase it closed", () => {
  const venture = { 5: { id: 5, card: "rice-robot", lead: 1, cofounders: [] } };
  const inDanger = { text: "danger_unfunded", values: { venture: 5 } };
  const opening = (phase: string) => ({ text: "phase_opened", values: { season: 1, phase } });
  const open_ = opening("market").values;
  const now = reader(1, "appraisal", { venture });
  now("phase_opened", open_);
  expect(now(inDanger.text, inDanger.values, opening("appraisal"))).toMatch(/unless it is spared/);
  const later = reader(1, "recap", { venture });
  later("phase_opened", open_);
  later(inDanger.text, inDanger.values, opening("appraisal"));
  expect(later("phase_opened", { season: 1, phase: "recap" })).toBeUndefined();
  expect(Object.keys(story())).toEqual(["Season 1, Market"]);
});

test("the two cards of policy are not told once more above themselves", () => {
  const after = reader(1, "policy");
  const card = { market: "label-read", up: "health", down: "food" };
  expect(after("market_turned", card)).toBeUndefined();
  const later = reader(1, "admission");
  expect(later("market_turned", card)).toMatch(/Health gains/);
});

test("a deal without hours says none, and one without money no credits", () => {
  const after = reader(1, "matching", { venture: { 5: { id: 5, card: "rice-robot", lead: 1, cofounders: [] } } });
  const deal = { investor: 2, venture: 5, credits: 60, hours: 0, shares: 3000, fee: 0 };
  after("deal", deal);
  after("deal", { ...deal, credits: 0, hours: 4, fee: 2 });
  after("deal", { ...deal, credits: 0, hours: 4, fee: 2, shares: 0 });
  after("deal", { ...deal, hours: 3 });
  const [all, fee, hours, money] = Object.values(story())[0] ?? [];
  expect(money).toBe("Bo and Rice Robot: 60 credits for 30%.");
  expect(hours).toBe("Bo and Rice Robot: hours 4 for 30%, fee 2.");
  expect(fee).toBe("Bo and Rice Robot: hours 4 for a fee of 2.");
  expect(all).toContain("credits 60, hours 3");
});

test("the story names each phase once", () => {
  const after = reader(1, "exchange");
  after("phase_opened", { season: 1, phase: "exchange" });
  after("badge_given", { investor: 2, space: 9 });
  after("introduced", { space: 1, maker: 1, investor: 2 });
  act(() => document.querySelector<HTMLElement>(".happened")?.click());
  expect([...document.querySelectorAll("dialog h3")].map((each) => each.textContent)).toEqual(["Season 1, Exchange"]);
  expect(document.querySelectorAll("dialog li")).toHaveLength(2); // the heading says that the phase began
});

test("a rewind takes back all that was told since the start to which it went, but not what people wrote", () => {
  const lines = told(
    ["phase_opened"],
    ["level_bought"],
    ["phase_opened", 1, "admission"],
    ["announced"],
    ["venture_founded"],
    ["rewound", 1, "admission"],
    ["venture_founded"],
  );
  expect([...undoneIn(lines)]).toEqual([3, 5]);
});

test("a second rewind to the same start takes back what came after the first", () => {
  const lines = told(["phase_opened"], ["level_bought"], ["rewound"], ["level_bought"], ["rewound"], ["level_bought"]);
  expect([...undoneIn(lines)]).toEqual([1, 2, 4]);
});

test("who came later than that start has heard nothing from before it", () => {
  expect([...undoneIn(told(["level_bought", 2], ["rewound", 1, "matching"], ["level_bought"]))]).toEqual([1]);
  expect([...undoneIn(told(["level_bought", 2]))]).toEqual([]);
});

test("that the host has gone back stays under the question until the seat is touched or two phases have begun", () => {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(
    welcome({
      game: { status: "running", season: 1, phase: "exchange" },
      seat: { 1: { id: 1, role: "maker", name: "Mina" }, 2: { id: 2, role: "maker", name: "Bo" } },
    } as unknown as Tree),
  );
  render(<RoomContext.Provider value={room}>{<Happened />}</RoomContext.Provider>);
  let seq = 10;
  const after = (text: string, values: Line["values"] = {}): string | null | undefined => {
    seq += 1;
    void act(() => world.last.say({ type: "update", seq, now: 1, log: [{ text, seq, values }] }));
    return document.querySelector(".happened .line")?.textContent;
  };
  const [opened, learnt] = ["phase_opened", "studied"];
  const back = "We go back to season 1: Admission.";
  after(opened, { season: 1, phase: "admission" });
  after(opened, { season: 1, phase: "exchange" });
  expect(after("rewound", { season: 1, phase: "admission" })).toBe(back);
  expect(after(learnt, { maker: 2, skill: "network" })).toBe(back);
  expect(after(opened, { season: 1, phase: "exchange" })).toBe(back);
  expect(after(learnt, { maker: 1, skill: "network" })).toBe("You studied Network alone.");
  after("rewound", { season: 1, phase: "exchange" });
  after(opened, { season: 1, phase: "matching" });
  after(opened, { season: 1, phase: "incubation" });
  expect(after(learnt, { maker: 2, skill: "network" })).toBeUndefined();
});

test.each([
  [1, "studied", { maker: 1, skill: "business" }, "You studied Business alone."],
  [1, "trust_began", { maker: 1, investor: 2 }, "You and Bo trust each other."],
  [2, "trust_began", { maker: 1, investor: 2 }, "Mina and you trust each other."],
  [2, "terms_posted", { investor: 2, fee: 1, shares: 100 }, "You posted a price for hours: fee 1, shares 1%."],
  [2, "level_bought", { space: 2, path: "community", level: 2 }, "You buy Community level 2."],
  [2, "swap", { maker: 1, seat: 2 }, "Mina and you swapped shares."],
])("to seat %i the line %s says you where it is about it", (seat, text, values, said) => {
  const after = reader(seat, "exchange");
  after("phase_opened", { season: 1, phase: "exchange" });
  expect(after(text, values)).toBe(said);
  expect(story()).toEqual({ "Season 1, Exchange": [said] });
});
