import { expect, test } from "vitest";
import { countOf } from "../../../src/wall/phases/recap";
import { viewOf } from "../../rig/rooms";

test("the film of a season counts that season alone, and of ties those that are new", () => {
  const figures = { 1: { season: 1, values: { ties: 4, deals: 9 } }, 2: { season: 2, values: { ties: 7, deals: 5 } } };
  const view = viewOf({ game: { season: 2 }, figures });
  expect([countOf(view, "ties"), countOf(view, "deals"), countOf(view, "births")]).toEqual([3, 5, 0]);
  expect(countOf(viewOf({ game: { season: 3 }, figures }), "deals")).toBe(0);
});
