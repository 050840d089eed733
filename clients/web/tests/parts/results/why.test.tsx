// Why it went as it did: cards as they come, how far it is until then, and a host's bookmarks.
import { render } from "@testing-library/preact";
import { beforeAll, expect, test } from "vitest";
import { DebriefView } from "../../../src/parts/results/debrief_view";
import { next, scenesOf, stepsOf } from "../../../src/parts/results/scenes";
import { WhyCards } from "../../../src/parts/results/why";
import { lengthsOf, ordered, told, type Why } from "../../../src/parts/results/why_data";
import type { Line, You } from "../../../src/protocol/frames";
import { need } from "../../../src/texts";
import { WhyScene } from "../../../src/wall/scenes/end_scenes";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

beforeAll(() => need("debrief"));

const SEEN = { what: "lives", seat: 0, was: 4000, might: 9000, mean: 5000, lo: 3800, hi: 6200 };
const MAYBE = { what: "score", seat: 1, was: 4120, might: 4210, mean: 90, lo: -30, hi: 210 };
const SAME = { what: "stage", seat: 0, was: 300, might: 300, mean: 0, lo: 0, hi: 0 };

function why(number: number, more: Partial<Why> = {}): Why {
  const values = { maker: 1, venture: 5, total: 6, needed: 7, stage: 1, other: 7 };
  return {
    number,
    of: 2,
    season: 2,
    phase: "incubation",
    sort: "roll_lost",
    moment: 0,
    role: "maker",
    seats: { 1: "maker" },
    venture: 5,
    seq: 214,
    cause: { text: "why.cause.roll_lost", values },
    instead: { text: "why.instead.roll_lost", values },
    question: { kind: "feelings", text: "why.ask.feelings.roll_lost", values },
    futures: 60,
    alike: 3,
    differences: [SAME, MAYBE, SEEN],
    ...more,
  };
}

const OVER = {
  game: { status: "over", season: 2, phase: "recap" },
  run: { number: 1, first_season: 1 },
  seat: { 1: { id: 1, role: "maker", name: "Mina" } },
  venture: { 5: { id: 5, card: "smart_cane", lead: 1, team: [1] } },
};

function text(table: object, hand: object = {}, only?: number): string {
  const { container } = render(<WhyCards only={only} />, { wrapper: inRoom(roomOf({ ...OVER, ...table }, hand)) });
  return container.textContent ?? "";
}

test("a card says what happened, what would have been otherwise, what to ask, and which line proves it", () => {
  const said = text({ why: { 2: why(2) }, why_progress: { status: "whole", of: 2 } });
  expect(said).toContain("Season 2, Incubation");
  expect(said).toContain("rolls 6, and 7 is needed: it is no Prototype this season.");
  expect(said).toContain("And if the roll had come to 7, and won?");
  expect(said).toContain("+50 on average, very likely between +38 and +62");
  expect(said).toContain("Mina, what went through your head when the dice came to 6, and not to 7?");
  expect(said).toContain("Proof: record 214 of the log.");
  expect(said).not.toMatch(/\{|moment\.why|ui\./);
});

test("the line that is quoted is of the fact itself, and no other of its record", () => {
  const room = roomOf({ ...OVER, why: { 1: why(1) }, why_progress: { status: "whole", of: 1 } });
  const line = (text: string, values: object) => ({ text, seq: 214, values: { venture: 5, ...values } }) as Line;
  const telling = { now: { season: 2, phase: "market" }, run: 1, firstSeason: 1, isSeat: false };
  room.log.take([line("materials_paid", { credits: 3 }), line("roll_failed", { total: 6, needed: 7 })], telling);
  const { container } = render(<WhyCards />, { wrapper: inRoom(room) });
  expect(container.querySelector("q")?.textContent).toMatch(/rolls 6/);
});

test("cards come in order of time, and until all are there it is said how many are", () => {
  const said = text({ why: { 2: why(2), 1: why(1, { season: 1 }) }, why_progress: { status: "making", of: 5 } });
  expect(said).toMatch(/^2 of 5 moments are ready.*Season 1, .*Season 2, /);
  expect(text({ why_progress: { status: "making", of: 0 } })).toBe(
    "Looking for the moments on which this game turned…",
  );
  expect(text({ why_progress: { status: "waiting", of: 0 } })).toMatch(/^Bots are about to play/);
  expect(text({ why_progress: { status: "failed", of: 2 } })).toMatch(/^Something went wrong/);
  expect(text({ why_progress: { status: "whole", of: 0 } })).toMatch(/^In this game nothing hung/);
});

test("whoever follows the host reads the moment that the wall shows, and no other", () => {
  const table = { why: { 1: why(1, { season: 1 }), 2: why(2) }, why_progress: { status: "whole", of: 2 } };
  const shown = { ...OVER, ...table, show: { scene: "why", step: 1, opened: 3 } };
  const { container } = render(<DebriefView follow />, { wrapper: inRoom(roomOf(shown)) });
  expect(container.querySelectorAll(".why")).toHaveLength(1);
  expect(container.textContent).toContain("2/2");
});

test("what came out alike in every future is not shown at once, and what differs alike has no interval", () => {
  const always = { ...MAYBE, might: 1620, mean: -2500, lo: -2500, hi: -2500 };
  const said = text({ why: { 2: why(2, { differences: [SAME, always] }) } });
  expect(said).toMatch(/−25 in every futureWhat else differs.*3 either way/);
  expect(text({ why: { 2: why(2, { differences: [SAME] }) } })).not.toContain("What else differs");
});

test("an interval whose ends read alike is one number", () => {
  const narrow = { ...SEEN, might: 9710, mean: 5710, lo: 5690, hi: 5730 };
  const said = text({ why: { 2: why(2, { differences: [narrow] }) } });
  expect(said).toContain("+57 on average");
  expect(said).not.toContain("between");
});

test("nothing of it is told while the host still reveals who stands where", () => {
  const table = {
    why: { 2: why(2) },
    why_progress: { status: "whole", of: 2 },
    show: { scene: "ranking", step: 0, opened: 1 },
  };
  expect(text(table)).not.toContain("Proof");
});

test("who reveals who stands where is told so, and others wait for the host", () => {
  const table = { ...OVER, why: { 2: why(2) }, show: { scene: "ranking", step: 0, opened: 1 } };
  const waits = (you: You): string | null =>
    render(<WhyCards />, { wrapper: inRoom(roomOf(table, {}, you)) }).container.textContent;
  expect(waits({ kind: "seat", seat: 1, role: "maker" })).toBe("The host reveals who stands where.");
  expect(waits({ kind: "host", seat: 0, role: "" })).toBe("It waits until you reveal who stands where.");
});

test.each([
  ["the telling goes on", { why_progress: { status: "making", of: 2 } }],
  ["the host still reveals", { why: { 2: why(2) }, show: { scene: "ranking", step: 0, opened: 1 } }],
])("nothing says that there is no more to tell where %s", (_, table) => {
  const { container } = render(<DebriefView />, { wrapper: inRoom(roomOf({ ...OVER, ...table })) });
  expect(container.querySelector("nav .on")?.textContent).toBe("Why");
  expect(container.textContent).not.toContain("no more to tell");
});

test("the wall has it as a scene once the game is over, one moment a step, whichever is made first", () => {
  const table = { why: { 2: why(2) }, why_progress: { status: "making", of: 5 } };
  const over = roomOf({ ...OVER, ...table });
  expect(scenesOf(over)).toContain("why");
  expect(stepsOf(over, "why")).toBe(5);
  expect(scenesOf(roomOf({ ...OVER, game: { ...OVER.game, status: "running" } }))).not.toContain("why");
  expect(scenesOf(roomOf(OVER))).not.toContain("why");
  const room = roomOf({ ...OVER, ...table });
  const [first, second] = [0, 1].map((step) => render(<WhyScene step={step} />, { wrapper: inRoom(room) }));
  expect(first?.container.textContent).toMatch(
    /Why did it go this way\?Moment 1 is not ready yet; it comes here by itself\.1 of 5/,
  );
  expect(second?.container.textContent).toContain("Proof: record 214");
});

test("a press while a moment is made goes past none, and nothing waits that is not made any more", () => {
  const room = (step: number, status: string, more: object = {}) =>
    roomOf({
      ...{ ...OVER, why: { 1: why(1), 3: why(3) }, why_progress: { status, of: 3 } },
      show: { scene: "why", step, opened: 3 },
      ...more,
    });
  expect(next(room(0, "making"))).toEqual({ scene: "why", step: 1 });
  expect(next(room(1, "making"))).toBeUndefined();
  expect(next(room(1, "whole"))).toEqual({ scene: "why", step: 2 });
  expect(next(room(1, "failed"))).toEqual({ scene: "why", step: 2 });
  expect(next(room(2, "making"))?.scene).not.toBe("why");
  expect(next(room(0, "waiting", { why: {}, why_progress: { status: "waiting", of: 0 } }))).toBeUndefined();
  expect(next(room(1, "making", { show: { scene: "why", step: 1 } })), "the ranking waits").toBeDefined();
});

test("what is clear comes first, and what never differs last", () => {
  expect(ordered(why(1)).map(({ what }) => what)).toEqual(["lives", "score", "stage"]);
});

test("a picture has both on one scale, with the interval around what might have been", () => {
  expect(lengthsOf(SEEN)).toEqual({ zero: 0, was: 40, might: 90, lo: 78, hi: 100 });
  expect(lengthsOf({ ...SEEN, was: 9500, might: 0, mean: -9500, lo: -10000, hi: -8900 })).toEqual({
    ...{ zero: 0, was: 95, might: 0 },
    ...{ lo: 0, hi: 6 },
  });
  const { zero, was, might } = lengthsOf({ ...MAYBE, was: -100, might: 100, mean: 200, lo: 150, hi: 200 });
  expect([zero, was, might]).toEqual([50, 0, 100]);
});

/** Return how a difference is read: as it was, as it might have been, the difference, and its interval. */
function read([was, might, mean, lo, hi]: readonly [number, number, number, number, number]): string[] {
  const numbers = told({ what: "score", seat: 1, was, might, mean, lo, hi });
  return [numbers.was, numbers.might, numbers.mean, numbers.lo, numbers.hi];
}

// As in tests/server/afterwards/test_differences.py: the class's page and `makersphere why` say the same number.
test.each([
  [195, "2", "+2"],
  [185, "1.9", "+1.9"],
  [-195, "−2", "−2"],
  [-185, "−1.9", "−1.9"],
  [115, "1.2", "+1.2"],
  [4, "0", "0"],
  [-4, "0", "0"],
  [995, "10", "+10"],
  [1250, "13", "+13"],
  [-1250, "−13", "−13"],
  [123_449, "1,234", "+1,234"],
])("%i hundredths read %s, and as a change %s", (hundredths, size, change) => {
  expect(read([0, hundredths, hundredths, 0, 1]).slice(1, 3)).toEqual([size, change]);
});

// As there, too.
test.each([
  [
    [1234, 1187, -47, -53, -41],
    ["12.34", "11.87", "−0.47", "−0.53", "−0.41"],
  ],
  [
    [1230, 1190, -40, -120, 40],
    ["12.3", "11.9", "−0.4", "−1.2", "+0.4"],
  ],
  [
    [250, 260, 10, -8260, 4980],
    ["2.5", "2.6", "+0.1", "−83", "+50"],
  ],
  [
    [340, 1520, 1180, 310, 2050],
    ["3", "15", "+12", "+3", "+21"],
  ],
  [
    [101_230, 98_460, -2770, -4000, -1500],
    ["1,012.3", "984.6", "−27.7", "−40", "−15"],
  ],
  [
    [104, 96, -8, -9, -7],
    ["1.04", "0.96", "−0.08", "−0.09", "−0.07"],
  ],
  [
    [100, 2100, 2000, 30, 3970],
    ["1", "21", "+20", "+0.3", "+39.7"],
  ],
  [
    [1234, 1234, 0, 0, 0],
    ["12", "12", "0", "0", "0"],
  ],
] as const)("the difference is what lies between both sides as they are read: %j", (hundredths, said) => {
  expect(read(hundredths)).toEqual(said);
});

test("the host's bookmarks stand above it in their order, on the host's page alone", () => {
  const bookmark = {
    40: { season: 2, phase: "market", at: 2, word: "" },
    7: { season: 1, phase: "policy", at: 1, word: "Who spoke first?" },
  };
  const table = { why: { 2: why(2) }, why_progress: { status: "whole", of: 2 } };
  expect(text(table, { bookmark })).toMatch(
    /^Your bookmarksWho spoke first\?.*Season 1, .*record 7.*Season 2, .*record 40/,
  );
  expect(text(table)).not.toContain("bookmarks");
});
