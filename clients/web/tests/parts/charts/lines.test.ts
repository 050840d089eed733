import { expect, test } from "vitest";
import type { ChartStyle } from "../../../src/parts/charts/chart_style";
import { linesOption, steepest } from "../../../src/parts/charts/lines";

const EM = 20;
const HEIGHT = 460; // of which 400 are above the names of the seasons
const STYLE: ChartStyle = { em: EM, width: 800, height: HEIGHT, font: "sans", color: (role) => role };

interface Series {
  symbol: string;
  endLabel: { offset: [number, number]; formatter: string };
}

/** Return where the names of curves stand that end at these numbers, in px from the top, and where the curves end. */
function namesOf(ends: readonly number[]): { name: number; end: number }[] {
  const curves = ends.map((end, index) => ({ name: `Space ${index}`, color: "maker", values: [0, end] }));
  const { series } = linesOption(STYLE, [1, 2], curves) as unknown as { series: Series[] };
  const most = Math.max(...ends);
  return series.map(({ endLabel }, index) => {
    const end = (1 - (ends[index] ?? 0) / most) * (HEIGHT - 3 * EM);
    return { name: end + endLabel.offset[1], end };
  });
}

test("names of curves that end together stand around them, in their order, and push no other name away", () => {
  const places = namesOf([80, 53, 52, 51, 50, 36]);
  for (const [rank, { name }] of places.entries()) {
    if (rank) expect(name - (places[rank - 1]?.name ?? 0)).toBeGreaterThanOrEqual(1.2 * EM - 0.001);
  }
  const moved = [0, -28.5, -9.5, 9.5, 28.5, 0];
  expect(places.map(({ name, end }) => name - end)).toEqual(moved.map((px) => expect.closeTo(px) as number));
});

test("a name has the mark of its curve before it", () => {
  const curves = ["One", "Two"].map((name) => ({ name, color: "maker", values: [0, 1] }));
  const { series } = linesOption(STYLE, [1, 2], curves) as unknown as { series: Series[] };
  expect(series.map(({ symbol, endLabel }) => [symbol, endLabel.formatter])).toEqual([
    ["circle", "{mark|●} {a}"],
    ["rect", "{mark|■} {a}"],
  ]);
});

test("names that have room stand where their curves end, and none stands above the top or on the ground", () => {
  expect(namesOf([80, 40, 10]).map(({ name, end }) => Math.round(name - end))).toEqual([0, 0, 0]);
  const low = namesOf([80, 1, 1, 1, 0]).map(({ name }) => name);
  expect(Math.max(...low)).toBeLessThanOrEqual(HEIGHT - 3.5 * EM);
  const high = namesOf([80, 80, 80, 79, 78]).map(({ name }) => name);
  expect(Math.min(...high)).toBeGreaterThanOrEqual(0);
});

test.each([
  [{ Makers: [0, 6, 14], Investors: [100, 60, 15], Spaces: [0, 0, 0] }, "Most changed: Investors, from 100 to 15."],
  [{ "Lost bids": [2, 1, 0], Ties: [2, 11, 25] }, "Most changed: Ties, from 2 to 25."],
  [{ Ties: [4, 9, 4] }, undefined],
])("what changed most is what rose or fell most on the chart: %j", (values, said) => {
  const curves = Object.entries(values).map(([name, each]) => ({ name, color: "maker", values: each }));
  expect(steepest(curves)).toBe(said);
});
