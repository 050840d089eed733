import { beforeEach, expect, test } from "vitest";
import { stateOf } from "../../src/host/seats/seat_states";
import { language } from "../../src/prefs";
import type { Tree } from "../../src/protocol/frames";
import { View } from "../../src/store/view";
import { birthsIn } from "../../src/wall/play";
import { rankingTitle } from "../../src/wall/scenes/end_scenes";

function viewOf(table: object): View {
  const view = new View();
  view.replace(table as Tree, {});
  return view;
}

beforeEach(() => {
  language.value = "en";
});

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

test("nobody waits for a seat whose people are away, a stand-in or not", () => {
  const view = viewOf({
    game: { status: "running" },
    seat: {
      1: { id: 1, by: "person", ready: false },
      2: { id: 2, by: "bot", seen: 5, ready: false },
      3: { id: 3, by: "away", ready: false },
      4: { id: 4, by: "person", ready: true },
    },
  });
  expect(view.all("seat").map((seat) => stateOf(view, seat))).toEqual(["waiting", "away", "away", "ready"]);
});

test("the final wall says how many seasons were played, or in which the game was ended", () => {
  const figures = { 1: { season: 1, values: {} }, 2: { season: 2, values: {} } };
  const table = { run: { first_season: 1 }, game: { status: "over", season: 2 } };
  expect(rankingTitle(viewOf({ ...table, figures }))).toBe("2 seasons. Three kinds of good.");
  expect(rankingTitle(viewOf({ ...table, figures: { 1: figures[1] } }))).toBe(
    "Ended in season 2. Three kinds of good.",
  );
});
