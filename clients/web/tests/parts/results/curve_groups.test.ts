// Curves that share a scale, from the debrief where there is one, else from the figures on the table.
import { expect, test } from "vitest";
import { groupsOf, numbersOf } from "../../../src/parts/results/curve_groups";
import { viewOf } from "../../rig/rooms";

const FIGURES = {
  1: { season: 1, values: { density: 10, energy_maker_efficiency: 70, vitality_8: 40 } },
  2: { season: 2, values: { density: 20, energy_maker_efficiency: 75, vitality_8: 45, vitality_9: 50 } },
};
const SPACES = { 8: { id: 8 }, 9: { id: 9 } };

test("during play the figures on the table make the curves, efficiency under its short name", () => {
  const view = viewOf({ figures: FIGURES, space: SPACES });
  expect(groupsOf(view)).toEqual(["community", "efficiency", "vitality"]);
  expect(numbersOf(view, "community")).toEqual([{ name: "density", color: "maker", numbers: { 1: 10, 2: 20 } }]);
  expect(numbersOf(view, "efficiency")).toEqual([
    { name: "efficiency_maker", color: "maker", numbers: { 1: 70, 2: 75 } },
  ]);
});

test("each space has a curve of its own, also one that came later", () => {
  const view = viewOf({ figures: FIGURES, space: SPACES });
  expect(numbersOf(view, "vitality")).toEqual([
    { name: "vitality_8", color: "maker", numbers: { 1: 40, 2: 45 } },
    { name: "vitality_9", color: "investor", numbers: { 2: 50 } },
  ]);
});

test("once there is a debrief its curves count alone, and a group without numbers is left out", () => {
  const debrief = { 1: { run: 1, curves: { trust: { 1: 5 }, density: {} } } };
  const view = viewOf({ figures: FIGURES, space: SPACES, run: { number: 1 }, debrief });
  expect(groupsOf(view)).toEqual(["deals"]);
  expect(numbersOf(view, "vitality")).toEqual([]);
});
