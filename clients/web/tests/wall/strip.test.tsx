import { expect, test } from "vitest";
import { birthsIn, envelopesOf, isNegotiated } from "../../src/wall/strip";
import { viewOf } from "../rig/rooms";

test("births are those of the season, also of ventures that have closed", () => {
  const view = viewOf({
    venture: {
      1: { id: 1, born: true, closed: "insolvent" },
      2: { id: 2, born: true },
      3: { id: 3, born: true },
      4: { id: 4, born: false },
    },
    figures: { 1: { season: 1, values: { births: 2 } }, 2: { season: 2, values: { births: 1 } } },
  });
  expect([birthsIn(view, 2), birthsIn(view, 3)]).toEqual([1, 0]);
});

test("as many envelopes hang on the cord as offers are told, and for some always as many", () => {
  const told = (open: number | string) => envelopesOf(viewOf({ on_the_way: { open, signed: 0 } }));
  expect([told(0), told("some"), told(3), told(17)]).toEqual([0, 2, 3, 17]);
  expect([isNegotiated(viewOf({ on_the_way: { open: 0, signed: 0 } })), isNegotiated(viewOf({}))]).toEqual([
    true,
    false,
  ]);
});
