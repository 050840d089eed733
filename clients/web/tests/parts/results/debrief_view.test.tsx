// The debrief's sections: those that have something to tell, and a sentence where some have not.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { DebriefView } from "../../../src/parts/results/debrief_view";
import type { Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

const NO_MORE = "There is no more to tell of this game.";
const OVER = {
  game: { status: "over", season: 1, phase: "policy" },
  run: { number: 1, first_season: 1 },
  seat: { 1: { id: 1, role: "maker", name: "Mina" } },
};
const NOTHING = { run: 1, curves: {}, survival: {}, energy: { 1: { links: {} } }, network: {}, moments: {}, aims: {} };
const PURSE = { start: 54, in: {}, out: {}, kept: 0 };
const STORY = { run: 1, seat: 1, role: "maker", seasons: {}, money: { 1: PURSE }, turning: {}, aim: {}, given: {} };

function shown(debrief: object, story: object): { sections: (string | null)[]; text: string | null } {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(
    welcome({ ...OVER, debrief: { 1: debrief } } as unknown as Tree, { story: { 1: story } } as unknown as Tree),
  );
  const { container } = render(<RoomContext.Provider value={room}>{<DebriefView />}</RoomContext.Provider>);
  room.close();
  return {
    sections: [...container.querySelectorAll("nav button")].map((each) => each.textContent),
    text: container.textContent,
  };
}

test("of a game in which nothing happened one sentence is told", () => {
  expect(shown(NOTHING, STORY)).toEqual({ sections: [], text: NO_MORE });
});

test("sections without anything to tell are left out, and so are such parts of the own story", () => {
  const { sections, text } = shown(
    { ...NOTHING, network: { 1: { ties: { "1:2": 1 } } } },
    { ...STORY, money: { 1: PURSE, 2: { ...PURSE, in: { wage: 6 }, kept: 6 } } },
  );
  expect(sections).toEqual(["Your story", "Network"]);
  expect(text).toContain("Where your credits came from and wentSeason 2 +6");
  expect(text).not.toContain("Season by season");
  expect(text).toContain(NO_MORE);
});

test("where every section has something to tell, nothing is said to be missing", () => {
  const moments = { 1: { season: 1, phase: "recap", text: "receivership", values: { space: 9 } } };
  const all = {
    ...NOTHING,
    moments,
    survival: { 1: { at_risk: 3 } },
    curves: { density: { 1: 10 } },
    energy: { 1: { links: { "from:room>to:maker": { credits: 5 } } } },
    network: { 1: { deals: { "1:2": 1 } } },
  };
  const { sections, text } = shown(all, { ...STORY, seasons: { 1: { credits: 54 } } });
  expect(sections).toEqual(["Your story", "Moments", "Money", "Curves", "Network", "Survival"]);
  expect(text).toContain("Season by season");
  expect(text).not.toContain(NO_MORE);
});

test("what came of one’s own choices stands before all else that is told of one", () => {
  const turn = (text: string, values: object) => ({ season: 1, phase: "market", text, values });
  const turning = {
    1: turn("own_sale", { venture: 5, price: "high", credits: 61, got: 19 }),
    2: turn("largest_sale", { venture: 5, credits: 61 }),
    3: turn("own_rise_by", { season: 1, points: 19, part: "credits", by: "+15" }),
  };
  const { text } = shown(NOTHING, { ...STORY, turning });
  expect(text).toMatch(
    /What turned it for you.*You set the price: High\..*19 of it is yours.*What else is told of you/,
  );
  expect(text).toMatch(/What else is told of you.*The largest energy move.*What moved most: credits \+15\./);
});

test("what a class will talk about says you to the one whom it is about, and the name to others", () => {
  const paid = (seat: number) => ({ 1: { season: 1, phase: "market", text: "largest_payout", values: { seat } } });
  const said = (seat: number): string | null =>
    shown({ ...NOTHING, moments: paid(seat) }, { ...STORY, turning: paid(seat) }).text;
  expect(said(1)).toContain(" to you.");
  expect(said(2)).not.toContain("to you");
});

test("what somebody else did in the seat before is told of the seat, and not of you", () => {
  const paid = { 1: { season: 1, phase: "market", text: "largest_payout", values: { seat: 1 } } };
  const { text } = shown({ ...NOTHING, moments: paid }, STORY);
  expect(text).toContain(" to Mina.");
  expect(text).not.toContain("to you");
});
