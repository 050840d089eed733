import { expect, test } from "vitest";
import type { Seat } from "../../src/store/entities";
import { isTaken } from "../../src/store/presence";

test("a seat whose people are away is still taken, one that only a bot plays is not", () => {
  const seat = (more: object): Seat => ({ id: 1, role: "maker", ready: false, ...more }) as Seat;
  const taken = [{ by: "person" }, { by: "away", seen: 9 }, { by: "bot", seen: 9 }, { by: "bot" }, {}].map((more) =>
    isTaken(seat(more)),
  );
  expect(taken).toEqual([true, true, true, false, false]);
});
