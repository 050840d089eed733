// What of the result a page may tell while its host still reveals it on the wall.
import { expect, test } from "vitest";
import { isResultOpen, rolesOpen } from "../../../src/parts/results/result_shown";
import type { You } from "../../../src/protocol/frames";
import { roomOf } from "../../rig/rooms";

const SEAT: You = { kind: "seat", seat: 1, role: "maker" };
const LED = { game: { status: "over", season: 1 }, room: { pace: "host" } };

test("phones and walls wait for the host, who sees all of it", () => {
  const shown = { ...LED, show: { scene: "ranking", step: 1 } };
  const of = (you: You): [number, boolean] => [rolesOpen(roomOf(shown, {}, you)), isResultOpen(roomOf(shown, {}, you))];
  expect(of(SEAT)).toEqual([2, false]);
  expect(of({ kind: "watcher" })).toEqual([2, false]);
  expect(of({ kind: "host" })).toEqual([Infinity, true]);
});

test("where nobody leads the result is open at once", () => {
  const counted = {
    game: { status: "over", season: 1 },
    module: { recap: {} },
    figures: { 1: { season: 1, values: {} } },
  };
  expect(isResultOpen(roomOf(counted, {}, SEAT))).toBe(true);
});
