import { expect, test } from "vitest";
import { birthsIn } from "../../src/wall/strip";
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
