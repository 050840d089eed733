import { expect, test } from "vitest";
import type { Venture } from "../../../src/store/entities";
import { SEEN, seenOf } from "../../../src/wall/scenes/dice_scene";
import { asideOf, piecesOf } from "../../../src/wall/scenes/roll";

function rolled(id: number, stage: number, total: number, needed = 9): Venture {
  return { id, stage, moved_up: total >= needed, dice: [1, 1], roll: { dice: total, needed } } as unknown as Venture;
}

test("of many rolls the furthest stages and the nearest misses are seen, the greatest last", () => {
  const ideas = Array.from({ length: 12 }, (_, at) => rolled(at + 1, 0, 9 - (12 - at)));
  const seen = seenOf([rolled(20, 3, 9), ...ideas, rolled(21, 1, 2)]);
  expect(seen).toHaveLength(SEEN);
  expect(seen.slice(-2).map(({ id }) => id)).toEqual([21, 20]);
  expect(seen.slice(0, -2).map(({ id }) => id)).toEqual([7, 8, 9, 10, 11, 12]);
});

test("dice and what was added lie end to end and make the sum; what added nothing is not there", () => {
  const pieces = piecesOf({ dice: [2, 4], roll: { dice: 6, spirit: 1, help: 0, misses: 2, needed: 9 } });
  expect(pieces.map(({ kind, points }) => [kind, points])).toEqual([
    ["die-0", 2],
    ["die-1", 4],
    ["spirit", 1],
    ["misses", 2],
  ]);
});

test.each([
  { before: 10, points: 2, needed: 11, aside: 0.62 }, // the flag stands in its middle
  { before: 9, points: 1, needed: 10, aside: -0.12 },
  { before: 10, points: 1, needed: 10, aside: 0.12 },
  { before: 4, points: 5, needed: 7, aside: -0.12 },
  { before: 0, points: 5, needed: 11, aside: 0 },
])("a number over its points stands clear of the flag: $points from $before on, $needed needed", (each) => {
  expect(asideOf(each.before, each.points, each.needed)).toBeCloseTo(each.aside);
});
