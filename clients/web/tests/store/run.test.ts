// A game of several runs: seasons as people count them.
import { describe, expect, it } from "vitest";
import { seasonInRun } from "../../src/store/run";
import { viewOf } from "../rig/rooms";

describe("seasons", () => {
  it("are as they are in a game of one run", () => {
    expect(seasonInRun(viewOf({ game: { season: 3 } }), 3)).toBe(3);
  });

  it("are counted anew in each run", () => {
    const view = viewOf({ run: { number: 2, of: 2, name: "counted", practice: false, first_season: 2 } });
    expect([2, 5].map((season) => seasonInRun(view, season))).toEqual([1, 4]);
  });
});
