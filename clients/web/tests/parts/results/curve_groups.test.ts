// Curves that share a scale, from the figures on the table and the curves of the debrief.
import { expect, test } from "vitest";
import { CURVE_GROUPS, groupsOf, numbersOf } from "../../../src/parts/results/curve_groups";
import { has } from "../../../src/texts";
import { viewOf } from "../../rig/rooms";

const FIGURES = {
  1: { season: 1, values: { density: 10, energy_maker_efficiency: 70, vitality_8: 40 } },
  2: { season: 2, values: { density: 20, energy_maker_efficiency: 75, vitality_8: 45, vitality_9: 50 } },
};
const SPACES = { 8: { id: 8 }, 9: { id: 9 } };

function drawn(view: ReturnType<typeof viewOf>, group: (typeof CURVE_GROUPS)[number]) {
  return Object.fromEntries(numbersOf(view, group).map(({ name, numbers }) => [name, numbers]));
}

test("figures have the names that the server gives them", () => {
  const view = viewOf({ figures: FIGURES, space: SPACES });
  expect(groupsOf(view)).toEqual(["efficiency", "community", "vitality"]);
  expect(drawn(view, "community")).toEqual({ density: { 1: 10, 2: 20 } });
  expect(drawn(view, "efficiency")).toEqual({ energy_maker_efficiency: { 1: 70, 2: 75 } });
});

test("each space has a curve of its own, also one that came later", () => {
  const view = viewOf({ figures: FIGURES, space: SPACES });
  expect(drawn(view, "vitality")).toEqual({ vitality_8: { 1: 40, 2: 45 }, vitality_9: { 2: 50 } });
});

test("the seasons of earlier runs are no part of a run's curves", () => {
  const debrief = { 2: { run: 2, first_season: 2, last_season: 2, curves: { credits_maker: { 2: 5 } } } };
  const view = viewOf({ figures: FIGURES, space: SPACES, run: { number: 2 }, debrief });
  expect(drawn(view, "community")).toEqual({ density: { 2: 20 } });
  expect(drawn(view, "credits")).toEqual({ credits_maker: { 2: 5 } });
});

test("who was turned away, what was taken and who owns what are parts of what was counted", () => {
  const opened = { pitches: 18, admitted: 11, applications: 9, hours_for_study: 2, hours_for_clinic: 3 };
  const values = {
    ...{ badges_won: 7, hours_offered_angel: 22, hours_used_angel: 11, hours_offered_fund: 0, hours_used_fund: 0 },
    ...{ shares_all: 30_000, shares_leads: 20_000, shares_makers: 1000, exits_unsold: 0 },
  };
  const view = viewOf({ figures: { 1: { season: 1, values, opened } } });
  expect(drawn(view, "doors")).toEqual({
    admitted: { 1: 11 },
    turned_away_makers: { 1: 7 },
    badges_won: { 1: 7 },
    turned_away_investors: { 1: 2 },
  });
  expect(drawn(view, "kinds")).toEqual({ taken_angel: { 1: 50 } });
  expect(drawn(view, "holdings")).toMatchObject({ part_leads: { 1: 67 }, part_makers: { 1: 3 } });
  expect(drawn(view, "hours")).toEqual({ hours_learning: { 1: 5 } });
  expect(groupsOf(view)).not.toContain("exits");
});

test("every group has a question and a name", () => {
  for (const group of CURVE_GROUPS) {
    expect(has(`ui.chart.curves.${group}`), group).toBe(true);
    expect(has(`ui.debrief.curves.${group}`), group).toBe(true);
  }
});
