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
  return (text: string, values: Line["values"] = {}): string | null | undefined => {
    seq += 1;
    void act(() => world.last.say({ type: "update", seq, now: 1, log: [{ text, seq, values }] }));
    return document.querySelector(".happened .line")?.textContent;
  };
}

test("what a card or the screen tells of this seat is no news under the question, and that of others is", () => {
  const after = reader(2, "exchange");
  after("phase_opened", { season: 1, phase: "admission" });
  after("phase_opened", { season: 1, phase: "exchange" });
  after("introduced", { space: 1, maker: 1, investor: 2 });
  const news = after("badge_given", { investor: 2, space: 9 });
  expect(news).toMatch(/introduces Mina and Bo/);
  const others = reader(1, "exchange");
  expect(others("terms_posted", { investor: 2, fee: 1, shares: 100 })).toMatch(/^Bo says/);
  // badges are many at once, and a word more on a maker's first phone
  expect(others("badge_given", { investor: 2, space: 9 })).toMatch(/^Bo says/);
});

test("the two cards of policy are not told once more above themselves", () => {
  const after = reader(1, "policy");
  after("terms_posted", { investor: 2, fee: 1, shares: 100 });
  const card = { market: "label-read", up: "health", down: "food" };
  expect(after("market_turned", card)).toMatch(/^Bo says/);
  const later = reader(1, "admission");
  expect(later("market_turned", card)).toMatch(/Health gains/);
});

test("a deal without hours says none, and one without money no credits", () => {
  const after = reader(1, "matching", { venture: { 5: { id: 5, card: "rice-robot", lead: 9, cofounders: [] } } });
  const deal = { investor: 2, venture: 5, credits: 60, hours: 0, shares: 3000, fee: 0 };
  expect(after("deal", deal)).toBe("Bo and Rice Robot: credits 60 for shares 30%.");
  expect(after("deal", { ...deal, credits: 0, hours: 4, fee: 2 })).toBe(
    "Bo and Rice Robot: hours 4 for shares 30%, fee 2.",
  );
  expect(after("deal", { ...deal, hours: 3 })).toContain("credits 60, hours 3");
});

test("the story names each phase once", () => {
  const after = reader(1, "exchange");
  after("phase_opened", { season: 1, phase: "exchange" });
  after("badge_given", { investor: 2, space: 9 });
  after("introduced", { space: 1, maker: 1, investor: 2 });
  act(() => document.querySelector<HTMLElement>(".happened")?.click());
  expect([...document.querySelectorAll("dialog h3")].map((each) => each.textContent)).toEqual(["Season 1, Exchange"]);
  expect(document.querySelectorAll("dialog li")).toHaveLength(3);
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
  expect(after(learnt, { maker: 1, skill: "network" })).toBe("Mina studies Network alone.");
  after("rewound", { season: 1, phase: "exchange" });
  after(opened, { season: 1, phase: "matching" });
  after(opened, { season: 1, phase: "incubation" });
  expect(after(learnt, { maker: 2, skill: "network" })).toBe("Bo studies Network alone.");
});
