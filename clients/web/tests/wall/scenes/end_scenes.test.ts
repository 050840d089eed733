import { expect, test } from "vitest";
import { inView, rankingTitle } from "../../../src/wall/scenes/end_scenes";
import { viewOf } from "../../rig/rooms";

test("the final wall says how many seasons were played, or in which the game was ended", () => {
  const figures = { 1: { season: 1, values: {} }, 2: { season: 2, values: {} } };
  const table = { run: { first_season: 1 }, game: { status: "over", season: 2 } };
  expect(rankingTitle(viewOf({ ...table, figures }))).toBe("2 seasons. Three kinds of good.");
  expect(rankingTitle(viewOf({ ...table, figures: { 1: figures[1] } }))).toBe(
    "Ended in season 2. Three kinds of good.",
  );
});

test("turning points in long words stand on the wall as far as there is room, the newest always", () => {
  const told = (length: number) =>
    Array.from({ length: 6 }, (_, at) => ({ when: "Season 1", text: `${at} `.padEnd(length, "words ") }));
  const numbers = (length: number) => inView(told(length)).map(({ text }) => Number(text[0]));
  expect(numbers(40)).toEqual([1, 2, 3, 4, 5]);
  expect(numbers(80)).toEqual([2, 3, 4, 5]);
  expect(numbers(900)).toEqual([5]);
});
