import { expect, test } from "vitest";
import { type Bond, bondsOf, strongFrom } from "../../../src/parts/charts/bonds";
import { ceilingOf, type Money, moneyBySeason } from "../../../src/parts/charts/money";
import { labelOf, namesFor } from "../../../src/parts/charts/network";
import { curvesOf, type Survival, survivalOf } from "../../../src/parts/charts/series";
import { survivalFinding } from "../../../src/parts/charts/survival";
import { language } from "../../../src/prefs";
import type { Json } from "../../../src/protocol/frames";
import { viewOf } from "../../rig/rooms";

const SECTORS = ["city", "food", "energy", "health", "culture", "learning"];

function flows(...all: [season: number, reason: string, source: string, target: string, amount: number][]): {
  [key: string]: Json;
} {
  return Object.fromEntries(
    all.map(([season, reason, source, target, amount]) => [
      `${season}:${reason}:${source}:${target}`,
      { season, reason, source, target, amount },
    ]),
  );
}

const FLOWS = flows(
  [0, "endowment", "government", "maker", 900],
  [0, "endowment", "government", "operator", 100],
  [1, "capital", "investor", "venture", 240],
  [1, "escrow", "investor", "escrow", 240],
  [1, "rent", "venture", "operator", 60],
  [1, "rent", "maker", "operator", 40],
  [2, "sales", "consumers", "venture", 76],
  [2, "goods", "venture", "suppliers", 96],
  [2, "wage", "venture", "maker", 16],
);

function throughNode(money: Money, node: string): [number, number] {
  const sum = (end: "from" | "to"): number =>
    money.links.reduce((total, link) => total + (link[end] === node ? link.credits : 0), 0);
  return [sum("to"), sum("from")];
}

test("what comes into a node of the money goes out of it, and every column adds up to the same", () => {
  for (const [, money] of moneyBySeason(viewOf({ flow: FLOWS }))) {
    for (const node of money.nodes.filter((each) => each.column === 1 || each.column === 2)) {
      const [came, went] = throughNode(money, node.key);
      expect([node.key, came]).toEqual([node.key, went]);
    }
    for (const column of [0, 1, 2, 3]) {
      const credits = money.nodes.filter((node) => node.column === column).reduce((sum, node) => sum + node.credits, 0);
      expect(credits).toBe(money.total);
    }
  }
});

test("starting credits and money that is only set aside do not flow; what ventures keep does", () => {
  const money = moneyBySeason(viewOf({ flow: FLOWS }));
  expect([...money.keys()]).toEqual([1, 2]);
  expect(money.get(1)?.total).toBe(240 + 40);
  expect(money.get(1)?.nodes.find((node) => node.key === "to:kept")?.credits).toBe(180);
  expect(throughNode(money.get(2) as Money, "sector:ventures")).toEqual([112, 112]);
});

test("a full height stands for a part of what the room began with, or for the largest season", () => {
  const view = viewOf({ flow: FLOWS });
  expect(ceilingOf(view, moneyBySeason(view))).toBe(600);
  const rich = viewOf({ flow: { ...FLOWS, ...flows([2, "sales", "consumers", "venture", 5000]) } });
  expect(ceilingOf(rich, moneyBySeason(rich))).toBe(5000);
});

test("of many sectors the largest have a node, the same in every season, and there are fourteen nodes at most", () => {
  const season = (size: number): object => {
    const links = SECTORS.flatMap((sector, index) => [
      { from: "from:consumers", to: `sector:${sector}`, credits: size * (index + 1) },
      { from: `sector:${sector}`, to: "step:wage", credits: size },
      ...(index > 0 ? [{ from: `sector:${sector}`, to: "step:goods", credits: size * index }] : []),
    ]);
    const ends = [
      { from: "step:wage", to: "to:maker", credits: 6 * size },
      { from: "step:goods", to: "to:suppliers", credits: 15 * size },
      { from: "from:government", to: "sector:outside", credits: 5 },
      { from: "sector:outside", to: "step:birth_grant", credits: 5 },
      { from: "step:birth_grant", to: "to:operator", credits: 5 },
      { from: "from:maker", to: "sector:city", credits: 4 },
      { from: "sector:city", to: "step:kept", credits: 4 },
      { from: "step:kept", to: "to:reserve", credits: 4 },
    ];
    return { links: Object.fromEntries([...links, ...ends].map((link) => [`${link.from}>${link.to}`, link])) };
  };
  const money = moneyBySeason(viewOf({ debrief: { 1: { energy: { 1: season(10), 2: season(1) } } }, flow: {} }));
  const keys = [...money.values()].map((each) => each.nodes.map((node) => node.key));
  expect(keys[0]).toEqual(keys[1]);
  expect(keys[0]?.length).toBeLessThanOrEqual(14);
  expect(keys[0]?.filter((key) => key.startsWith("sector:"))).toEqual([
    "sector:health",
    "sector:culture",
    "sector:learning",
    "sector:rest",
  ]);
});

test("curves come from the figures on the table, and from the debrief once there is one", () => {
  const figures = {
    1: { season: 1, values: { density: 9, survival_age_1: 714, at_risk_age_1: 7 } },
    2: { season: 2, values: { density: 28, survival_age_1: 500, at_risk_age_1: 8, deaths_age_1: 4 } },
  };
  const view = viewOf({ figures });
  expect(curvesOf(view, "community").curves).toEqual([{ name: "Density", color: "maker", values: [9, 28] }]);
  expect(survivalOf(view)).toEqual([{ age: 1, atRisk: 8, deaths: 4, censored: 0, survival: 500 }]);
  const over = viewOf({ figures, debrief: { 1: { curves: { density: { 1: 1, 2: 2 } }, survival: {} } } });
  expect(curvesOf(over, "community").curves[0]?.values).toEqual([1, 2]);
});

test("the headline of survival says which part of ventures lived on, however few, or by when half were gone", () => {
  const row = (age: number, survival: number): Survival => ({ age, atRisk: 5, deaths: 0, censored: 5, survival });
  expect(survivalFinding([row(1, 1000)])).toBe("100% of the ventures lived on");
  expect(survivalFinding([row(1, 800), row(2, 600)])).toBe("60% of the ventures lived on");
  expect(survivalFinding([row(1, 800), row(2, 400)])).toBe("Half the ventures were gone by season 2 of their life");
  language.value = "zh";
  expect(survivalFinding([row(1, 800)])).toBe("80% 的项目活了下来");
});

test("a tie counts once, and as new only in the season it was made in", () => {
  const network = { 1: { ties: { "1:2": 1 }, deals: { "1:9": 2 } }, 2: { ties: { "2:3": 1 }, deals: { "1:9": 1 } } };
  const view = viewOf({ debrief: { 1: { network } } });
  const bonds = bondsOf(view, 2).map((bond) => `${bond.sort} ${bond.one}:${bond.other} ${bond.fresh}`);
  expect(bonds).toEqual(["tie 1:2 false", "deal 1:9 true", "tie 2:3 true"]);
  expect(bondsOf(view, 1)).toHaveLength(2);
});

test("of a season that is over the money goes by sectors, of the one that is played through one pot", () => {
  const energy = {
    "from:consumers>sector:city": 60,
    "from:investor>sector:food": 40,
    "sector:city>step:wage": 60,
    "sector:food>step:kept": 40,
    "step:wage>to:maker": 60,
    "step:kept>to:reserve": 40,
  };
  const money = moneyBySeason(viewOf({ flow: FLOWS, past: { 1: { season: 1, ties: {}, energy } } }));
  expect(money.get(1)?.total).toBe(100);
  expect(
    money
      .get(1)
      ?.nodes.filter((node) => node.column === 1)
      .map((node) => node.key),
  ).toEqual(["sector:city", "sector:food"]);
  expect(throughNode(money.get(2) as Money, "sector:ventures")).toEqual([112, 112]);
});

test("ties are of this season unless an earlier one is told to have made them, whenever a page was opened", () => {
  const maker = { 1: { seat: 1, ties: [2, 3] }, 2: { seat: 2, ties: [1] }, 3: { seat: 3, ties: [1] } };
  const past = { 1: { season: 1, ties: { "1:2": 1 }, energy: {} }, 2: { season: 2, ties: { "1:3": 1 }, energy: {} } };
  const fresh = (season: number): boolean[] => bondsOf(viewOf({ maker, past }), season).map((bond) => bond.fresh);
  expect(fresh(1)).toEqual([true, true]);
  expect(fresh(2)).toEqual([false, true]);
  expect(fresh(3)).toEqual([false, false]);
});

test("a name in the network is cut between letters, never through one", () => {
  const family = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}"; // one letter of five code points
  const view = viewOf({
    seat: {
      1: { id: 1, role: "maker", name: "Mina" },
      2: { id: 2, role: "maker", name: "😀".repeat(20) },
      3: { id: 3, role: "maker", name: family.repeat(20) },
    },
  });
  expect(labelOf(view, 1, true)).toBe("Mina");
  expect(labelOf(view, 2, true)).toMatch(/^(😀){4,}…$/u);
  expect(labelOf(view, 3, true).replaceAll(family, "")).toBe("…");
  expect(labelOf(view, 2, true, 12)).toMatch(/^(😀){12}…$/u);
  expect([1, 2, 3].map((seat) => labelOf(view, seat, false))).toEqual(["Mi", "😀", family]);
});

test("a name in the network is shortened by its room alone, and has two lines where a row is high", () => {
  const name = "Maximiliane-Charlotte Hohenlohe-Langburg";
  const view = viewOf({ seat: { 1: { id: 1, role: "maker", name } } });
  expect(labelOf(view, 1, true, 30)).toBe(name);
  expect(labelOf(view, 1, true, 13, 2)).toBe("Maximiliane-Charlotte\nHohenlohe-Langburg");
  expect(labelOf(view, 1, true, 13)).toMatch(/^Maximiliane-Ch.*…$/);
});

test.each([
  ["a row for each is high enough", 30, 100, "one"],
  ["only every other row is, and there is the width for two columns", 16, 240, "two"],
  ["only every other row is, and names are too wide for two columns", 16, 300, "short"],
  ["no row is", 13, 100, "short"],
])("where %s, names in the network are so", (_, row, column, names) => {
  expect(namesFor(row, 28, column, 1800)).toBe(names);
});

test("short names in the network can be told apart: bots by number, people by as many letters as it takes", () => {
  const names = ["Bot 1", "Bot 2", "Mina", "Minh", "Ana", "Bo", "Bob", "", "李明", "李华"];
  const seat = Object.fromEntries(names.map((name, index) => [index + 1, { id: index + 1, role: "maker", name }]));
  const shown = names.map((_, index) => labelOf(viewOf({ seat }), index + 1, false));
  expect(shown).toEqual(["B1", "B2", "Mina", "Minh", "An", "Bo6", "Bob", "8", "李明", "李华"]);
  expect(new Set(shown).size).toBe(names.length);
});

test("all pairs with a deal stand out while they can be followed, and of more those with most deals", () => {
  const pairs = (count: number, many: number): Bond[] =>
    Array.from({ length: count }, (_, at) => ({ sort: "deal", one: at + 1, other: 900 + at, fresh: true, many }));
  expect(strongFrom(pairs(40, 1))).toBe(1);
  expect(strongFrom([...pairs(60, 1), ...pairs(30, 2), ...pairs(9, 3)])).toBe(3);
  expect(strongFrom(pairs(60, 2))).toBe(3);
});

test("the deals of a pair are counted over the seasons", () => {
  const network = { 1: { ties: {}, deals: { "1:9": 2 } }, 2: { ties: {}, deals: { "1:9": 1, "2:9": 1 } } };
  const found = bondsOf(viewOf({ debrief: { 1: { network } } }), 2);
  expect(found.map(({ one, many }) => [one, many])).toEqual([
    [1, 3],
    [2, 1],
  ]);
});
