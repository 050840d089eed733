// How the words of the money stand: the inner columns have their credits wherever there is room for them.
import { beforeAll, expect, test } from "vitest";
import { moneyBySeason } from "../../../src/parts/charts/money";
import { moneyOption } from "../../../src/parts/charts/sankey";
import { need } from "../../../src/texts";
import { viewOf } from "../../rig/rooms";

beforeAll(() => need("debrief"));

interface Series {
  nodeGap: number;
  data: readonly { name: string; depth?: number; label: { formatter: string; position: string } }[];
}

/** Return how the money is drawn on a box so many letters wide. */
function drawn(ems: number): Series {
  const links = Object.fromEntries(
    ["from:consumers>sector:outside", "sector:outside>step:profit", "step:profit>to:investor"].map((link) => {
      const [from, to] = link.split(">");
      return [link, { from, to, credits: 8888 }];
    }),
  );
  const money = moneyBySeason(viewOf({ debrief: { 1: { energy: { 1: { links } } } } })).get(1);
  if (!money) throw new Error("no money");
  const style = { em: 10, width: 10 * ems, height: 300, font: "x", color: () => "#000" };
  return (moneyOption(style, money, money.total) as { series: readonly [Series] }).series[0];
}

test.each([
  [60, "right", true, 1.3],
  [51, "top", true, 1.4],
  [28, "top", false, 2.5],
])("%i letters wide, the words of the inner columns stand: %s, with credits: %s", (ems, position, counted, gap) => {
  const { data, nodeGap } = drawn(ems);
  const inner = data.filter(({ depth }) => depth === 1 || depth === 2).map(({ label }) => label);
  expect(inner).toHaveLength(2);
  for (const label of inner) {
    expect(label.position).toBe(position);
    expect(label.formatter.includes("{n|")).toBe(counted);
  }
  expect(nodeGap).toBeCloseTo(10 * gap);
});
