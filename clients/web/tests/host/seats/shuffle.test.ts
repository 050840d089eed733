import { expect, test } from "vitest";
import { shuffled, swapped } from "../../../src/host/seats/shuffle";

test("two seats get each other's role, all others their own", () => {
  expect(swapped(4, 1, 3)).toEqual([3, 2, 1, 4]);
});

test("a shuffle has each seat once, in the order that chance gives", () => {
  expect([...shuffled(30)].sort((one, other) => one - other)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  expect(shuffled(3, () => 0)).toEqual([2, 3, 1]);
  const firsts = new Set(Array.from({ length: 200 }, () => shuffled(4)[0]));
  expect(firsts).toEqual(new Set([1, 2, 3, 4]));
});
