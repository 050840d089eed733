import { expect, test } from "vitest";
import { rankingTitle } from "../../../src/wall/scenes/end_scenes";
import { viewOf } from "../../rig/rooms";

test("the final wall says how many seasons were played, or in which the game was ended", () => {
  const figures = { 1: { season: 1, values: {} }, 2: { season: 2, values: {} } };
  const table = { run: { first_season: 1 }, game: { status: "over", season: 2 } };
  expect(rankingTitle(viewOf({ ...table, figures }))).toBe("2 seasons. Three kinds of good.");
  expect(rankingTitle(viewOf({ ...table, figures: { 1: figures[1] } }))).toBe(
    "Ended in season 2. Three kinds of good.",
  );
});
