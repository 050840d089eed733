// When lines of the log happened: they name no time themselves, and some of them come twice.
import { expect, test } from "vitest";
import type { Line } from "../../src/protocol/frames";
import { Log, type Telling } from "../../src/store/log";

const MARKET: Telling = { now: { season: 2, phase: "market" }, run: 1, firstSeason: 1, isSeat: true };

function line(seq: number, text = `line_${seq}`): Line {
  return { seq, text };
}

function opened(seq: number, season: number, phase: string): Line {
  return { seq, text: "phase_opened", values: { season, phase } };
}

/** Return the log as a page tells it: which line in which season and phase. */
function told(log: Log): string[] {
  return log.lines.value.map(({ text, season, phase }) => `${text} ${season} ${phase}`);
}

test("a line happened in the phase that was opened last before it", () => {
  const log = new Log();
  log.take([opened(1, 1, "recap"), line(2), opened(3, 2, "policy"), line(4)], MARKET);
  expect(told(log)).toEqual(["phase_opened 1 recap", "line_2 1 recap", "phase_opened 2 policy", "line_4 2 policy"]);
});

test("lines of one event count with the opening that comes with it", () => {
  const log = new Log();
  log.take([line(3, "first"), opened(3, 2, "policy"), line(3, "last")], MARKET);
  expect(told(log)).toEqual(["first 2 policy", "phase_opened 2 policy", "last 2 policy"]);
});

test("without an opening a line happened in the phase that is open", () => {
  const log = new Log();
  log.take([line(1)], MARKET);
  expect(told(log)).toEqual(["line_1 2 market"]);
});

test("what closes a phase belongs to it, though it comes with the opening of the next", () => {
  const log = new Log();
  log.take([opened(1, 1, "market")], MARKET);
  log.take([line(2), opened(3, 1, "appraisal"), line(4)], MARKET);
  expect(told(log).slice(1)).toEqual(["line_2 1 market", "phase_opened 1 appraisal", "line_4 1 appraisal"]);
});

test("a seat that is told the log again begins in the lobby", () => {
  const log = new Log();
  log.welcome(4, 0);
  log.take([line(1), opened(2, 1, "policy"), line(3)], MARKET);
  expect(told(log)).toEqual(["line_1 0 ", "phase_opened 1 policy", "line_3 1 policy"]);
});

test("to a seat that has missed nothing the first lines are of the open phase", () => {
  const log = new Log();
  log.welcome(4, 0);
  log.take([line(5), opened(6, 3, "policy")], MARKET);
  expect(told(log)).toEqual(["line_5 2 market", "phase_opened 3 policy"]);
});

test("others are not told when the rest of a phase happened, so it is left out", () => {
  const log = new Log();
  log.take([line(5), opened(6, 3, "policy"), line(7)], { ...MARKET, isSeat: false });
  expect(told(log)).toEqual(["phase_opened 3 policy", "line_7 3 policy"]);
});

test("a line that comes twice is kept once, and two of one event are two", () => {
  const log = new Log();
  log.take([line(1), line(2, "one"), line(2, "other")], MARKET);
  log.take([line(2, "one"), line(2, "other"), line(3)], MARKET);
  expect(log.lines.value.map(({ text, number }) => [text, number])).toEqual([
    ["line_1", 1],
    ["one", 2],
    ["other", 3],
    ["line_3", 4],
  ]);
});

test("the page keeps two hundred lines, and none older that is told again", () => {
  const log = new Log();
  log.take(
    Array.from({ length: 250 }, (_, index) => line(index + 1)),
    MARKET,
  );
  log.welcome(250, 0);
  log.take([line(20), line(251)], MARKET);
  expect(log.lines.value).toHaveLength(200);
  expect([log.lines.value[0]?.text, log.lines.value.at(-1)?.text]).toEqual(["line_52", "line_251"]);
});

test("another run begins a log of its own, and counts its seasons from one", () => {
  const log = new Log();
  log.take([opened(1, 1, "policy")], MARKET);
  const second: Telling = { now: { season: 5, phase: "policy" }, run: 2, firstSeason: 5, isSeat: true };
  log.take([opened(9, 5, "policy"), line(10)], second);
  expect(told(log)).toEqual(["phase_opened 1 policy", "line_10 1 policy"]);
  expect(log.lines.value.map(({ first_season }) => first_season)).toEqual([5, 5]);
});

test.each([
  [true, ["phase_opened 1 policy"]],
  [false, ["phase_opened 0 recap", "phase_opened 1 policy"]],
])("a seat (%s) is not told again what happened in the run before", (isSeat, left) => {
  const log = new Log();
  log.welcome(9, 0);
  const second: Telling = { now: { season: 5, phase: "policy" }, run: 2, firstSeason: 5, isSeat };
  log.take([opened(1, 4, "recap"), opened(9, 5, "policy")], second);
  expect(told(log)).toEqual(left);
});

test("what was read before a reload stays read, and looking through the list reads all of it", () => {
  const log = new Log();
  log.welcome(5, 3);
  log.take([line(2), line(3), line(4)], MARKET);
  expect(log.read.value).toBe(2);
  expect(log.lookThrough()?.seq).toBe(4);
  expect(log.read.value).toBe(3);
});

test("there is nothing to look through in an empty log", () => {
  const log = new Log();
  expect(log.lookThrough()).toBeUndefined();
  expect(log.read.value).toBe(0);
});
