import { expect, test } from "vitest";
import { countOf, venturesOf } from "../../../src/wall/phases/recap";
import { viewOf } from "../../rig/rooms";

test("the film of a season counts that season alone, and of ties those that are new", () => {
  const figures = { 1: { season: 1, values: { ties: 4, deals: 9 } }, 2: { season: 2, values: { ties: 7, deals: 5 } } };
  const view = viewOf({ game: { season: 2 }, figures });
  expect([countOf(view, "ties"), countOf(view, "deals"), countOf(view, "births")]).toEqual([3, 5, 0]);
  expect(countOf(viewOf({ game: { season: 3 }, figures }), "deals")).toBe(0);
});

test("what moved up is drawn also where it closed in the same season, and not where it had closed before", () => {
  const venture = (id: number, more: object) => ({ id, lead: id, sector: "food", stage: 1, moved_up: true, ...more });
  const ventures = [
    venture(1, {}),
    venture(2, { closed: "unsold", closed_season: 2 }),
    venture(3, { closed: "unsold", closed_season: 1 }),
    venture(4, { moved_up: false }),
  ];
  const view = viewOf({ game: { season: 2 }, venture: Object.fromEntries(ventures.map((each) => [each.id, each])) });
  expect(venturesOf("moved_up", view).map(({ id }) => id)).toEqual([1, 2]);
  expect(venturesOf("deaths", view).map(({ id }) => id)).toEqual([2]);
});
