// How late or early the game is, by the plan that the server has made.
import { expect, test } from "vitest";
import { driftOf, driftText, endOf } from "../../../src/host/bar/plan";
import { roomOf } from "../../rig/rooms";

const NOW = 10_000_000;
const MINUTE = 60_000;

/** Return the drift at `NOW`, where the phase is due in so many minutes and its clock has so many left. */
function drift(due: number, left?: number, status = "running"): number | undefined {
  const clock = left === undefined ? {} : { deadline: NOW + left * MINUTE };
  const plan = { started: 0, due: NOW + due * MINUTE, ends: NOW + 60 * MINUTE };
  const room = roomOf({ game: { status, season: 1, phase: "policy" }, clock }, { plan });
  room.clock.hear(NOW);
  return driftOf(room);
}

test("the game is behind by what the clock goes beyond the plan, and ahead by what it leaves of it", () => {
  expect(drift(5, 5)).toBeCloseTo(0);
  expect([drift(5, 8), drift(5, 2)]).toEqual([3, -3]);
});

test("without a clock a phase can only be behind", () => {
  expect([drift(5), drift(-4)]).toEqual([0, 4]);
});

test("there is no drift before the start, after the end, or without a plan", () => {
  expect([drift(5, 8, "lobby"), drift(5, 8, "over")]).toEqual([undefined, undefined]);
  const room = roomOf({ game: { status: "running" } });
  room.clock.hear(NOW);
  expect(driftOf(room)).toBeUndefined();
});

test("it is told in minutes, behind or ahead", () => {
  expect(driftText(0)).not.toMatch(/\d/);
  expect([driftText(3), driftText(-2)].map((text) => /\d/.exec(text)?.[0])).toEqual(["3", "2"]);
  expect(driftText(3)).not.toBe(driftText(-3));
});

test("the end is told as a time of day: the plan's, and as much later as the game is late", () => {
  const of = (due: number): string | undefined => {
    const plan = { started: 0, due: NOW + due * MINUTE, ends: NOW + 60 * MINUTE };
    const room = roomOf(
      { game: { status: "running", season: 1, phase: "policy" }, clock: { deadline: NOW + 5 * MINUTE } },
      { plan },
    );
    room.clock.hear(NOW);
    return endOf(room);
  };
  const at = (minutes: number): string => new Date(Date.now() + minutes * MINUTE).toTimeString().slice(0, 5);
  expect([at(60), at(61)]).toContain(of(5)); // a minute may begin meanwhile
  expect([at(64), at(65)]).toContain(of(1));
});
