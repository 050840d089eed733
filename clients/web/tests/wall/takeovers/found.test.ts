import { expect, test } from "vitest";
import type { DatedLine } from "../../../src/store/log";
import { takeoversIn } from "../../../src/wall/takeovers/found";
import { viewOf } from "../../rig/rooms";

function line(text: string, values: DatedLine["values"] = {}): DatedLine {
  return { text, values, number: 1, seq: 1, season: 1, phase: "matching", first_season: 1 } as DatedLine;
}

const venture = (id: number, more: object = {}) => ({
  [id]: { id, lead: 1, cofounders: [], born: true, stage: 0, sector: "city", ...more },
});

test("the first birth takes the wall, a second one in a later season does not", () => {
  const deals = { 1: { id: 1, venture: 2, season: 1 } };
  const born = line("venture_born", { venture: 2 });
  const first = viewOf({
    game: { season: 1 },
    venture: { ...venture(1, { born: false }), ...venture(2) },
    deal: deals,
  });
  expect(takeoversIn([born], first)).toEqual([{ kind: "birth", venture: 2 }]);
  const later = viewOf({
    game: { season: 2 },
    figures: { 1: { season: 1, values: { births: 1 } } },
    venture: { ...venture(1), ...venture(2) },
  });
  expect(takeoversIn([born], later)).toEqual([]);
});

test.each([
  ["venture_born", "births", "birth"],
  ["became_product", "products", "product"],
])(
  "%s is a first if the figures of no season before have counted any, whatever else the table says",
  (text, name, kind) => {
    const risen = { stage: 3, moved_up: true };
    const view = (before: number, deals: object) =>
      viewOf({
        game: { season: 2 },
        figures: { 1: { season: 1, values: { [name]: before } }, 2: { season: 2, values: { [name]: 4 } } },
        venture: { ...venture(1, risen), ...venture(2, risen) },
        deal: deals,
      });
    const born = line(text, { venture: 2 });
    // what was born before had its deal again this season, or another has had a deal that was too small for a birth
    expect(takeoversIn([born], view(1, {}))).toEqual([]);
    expect(takeoversIn([born], view(0, { 1: { id: 1, venture: 1, season: 1 } }))).toEqual([{ kind, venture: 2 }]);
  },
);

test("the first birth is the one that was told first, however many the same close or a later one of it tells", () => {
  const deals = Object.fromEntries([1, 2, 3].map((id) => [id, { id, venture: id, season: 1 }]));
  const view = viewOf({ game: { season: 1 }, venture: { ...venture(1), ...venture(2), ...venture(3) }, deal: deals });
  const born = [3, 1, 2].map((id) => line("venture_born", { venture: id }));
  expect(takeoversIn(born.slice(0, 2), view)).toEqual([{ kind: "birth", venture: 3 }]);
  expect(takeoversIn(born.slice(2), view, born.slice(0, 2))).toEqual([]);
  expect(takeoversIn(born.slice(2), view, [...born.slice(0, 2), line("rewound")])).toEqual([
    { kind: "birth", venture: 2 },
  ]);
});

test("the first product is of the first season that has one, whatever its number", () => {
  const risen = line("became_product", { venture: 3 });
  const view = (products: number) =>
    viewOf({
      game: { season: 2 },
      figures: { 1: { season: 1, values: { products } } },
      venture: { ...venture(3, { stage: 3 }), ...venture(9, { stage: 3 }) },
    });
  expect(takeoversIn([risen], view(0))).toEqual([{ kind: "product", venture: 3 }]);
  expect(takeoversIn([risen], view(1))).toEqual([]);
});

test("a roll that misses by one is told, one that misses by more is not", () => {
  const view = viewOf({ venture: venture(3) });
  const rolled = (total: number) => takeoversIn([line("roll_failed", { venture: 3, total, needed: 9 })], view);
  expect(rolled(8)).toEqual([{ kind: "missed", venture: 3, roll: { total: 8, needed: 9 } }]);
  expect(rolled(7)).toEqual([]);
});

test("lost badges are counted and nobody is named, and what is gladder is told later", () => {
  const view = viewOf({ game: { season: 1 }, venture: venture(3, { stage: 3 }) });
  const lost = ["4", "5"].map((investor) => line("badge_lost", { investor, space: 9 }));
  expect(takeoversIn([line("became_product", { venture: 3 }), ...lost], view)).toEqual([
    { kind: "badges", count: 2 },
    { kind: "product", venture: 3 },
  ]);
});

test("the lead has changed where somebody else is ahead in a role than a season ago, and nobody is named", () => {
  const scored = (one: number[], other: number[]) =>
    viewOf({
      seat: { 1: { id: 1, role: "maker" }, 2: { id: 2, role: "maker" } },
      score: { 1: { seat: 1, standings: one }, 2: { seat: 2, standings: other } },
    });
  const recap = [line("phase_opened", { season: 2, phase: "recap" })];
  expect(takeoversIn(recap, scored([10, 20], [5, 30]))).toEqual([{ kind: "lead", role: "maker" }]);
  expect(takeoversIn(recap, scored([10, 40], [5, 30]))).toEqual([]);
  expect(takeoversIn(recap, scored([10], [5]))).toEqual([]);
});
