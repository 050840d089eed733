// What somebody asked after a first season, and no card answered: why, and what else could have been done.
import { afterEach, expect, test } from "vitest";
import { BO, JUN, leave, MINA, OLGA, said, seated, shown } from "./played";

afterEach(leave);

const PITCH = { maker: MINA, space: OLGA, season: 1, venture: 5, bar: 36, desks: 3, ahead: [] };
const WORLD = { module: { world: { wild_card_reach: 10 } } };

test.each([
  [35, false, "Mina missed by 1, and a desk stayed free: your wild card would have filled it."],
  [20, false, "Mina missed by 16, and a desk stayed free: a bar of 20 would have filled it."],
  [35, true, "Mina missed by 1, and a desk stayed free: a bar of 35 would have filled it."],
])("an operator with a free desk reads what would have let in who missed with %i", (score, isUsed, told) => {
  const game = seated(OLGA, "operator");
  const table = { ...WORLD, space: { 4: { wild_card_used: isUsed } } };
  const pitch = { 1: { ...PITCH, score, outcome: "below" }, 2: { ...PITCH, maker: JUN, score: 50, outcome: "given" } };
  game.open("exchange", table, { pitch });
  expect(said(game)[0]).toContain(told);
  expect(shown(game)).toContain(told);
});

test("whose hall is full reads of no desk that stayed free", () => {
  const game = seated(OLGA, "operator");
  const table = { ...WORLD, space: { 4: { stations: 1, wild_card_used: false } } };
  game.open("exchange", table, { pitch: { 1: { ...PITCH, score: 35, outcome: "below" } } });
  expect(said(game)).toEqual(["1 asked for a desk, 0 came in."]);
});

test("nobody is sent to say hello to a bot", () => {
  const text = (by: string): string => {
    const game = seated(MINA, "maker");
    const table = { seat: { 2: { by } }, venture: { 5: { space: OLGA } } };
    game.open("exchange", table, { pitch: { 1: { ...PITCH, score: 50, outcome: "given" } } });
    const found = shown(game);
    game.room.close();
    return found;
  };
  expect(text("person")).toMatch(/Jun.*sits next to you: say hello/);
  expect(text("bot")).not.toContain("say hello");
  expect(text("bot")).toMatch(/Olga/);
});

test("an operator reads of what its vitality is made, what holds it down, and why tenants closed", () => {
  const game = seated(OLGA, "operator");
  const before = { community_index: 70, resources_index: 40, integration_index: 33 };
  game.open("appraisal", { space: { 4: before } });
  const after = { vitality: 35, community_index: 72, resources_index: 40, integration_index: 8 };
  const gone = { 6: { closed: "insolvent" } };
  const lines = [{ text: "venture_closed", values: { venture: 6, space: OLGA, reason: "insolvent" } }];
  game.open("recap", { space: { 4: after }, venture: gone }, {}, lines);
  const told = "Lowest is Integration, and it holds the rest down: it grows when tenants move up";
  expect(said(game).join(" ")).toContain(told);
  const card = shown(game, 0);
  expect(card).toMatch(/Community ?70 →to 72.*Resources.*40.*Integration ?33 →to 8/);
  expect(card).toMatch(/Posture Giraffe: A fee stayed unpaid/);
});

test("an investor who holds a venture reads how far its next dice are", () => {
  const game = seated(BO, "investor");
  const module = { world: { need_prototype_technology: 10, need_prototype_customers: 6, need_prototype_business: 4 } };
  const held = { born: true, tracks: [10, 2, 1], shares: { 1: 7500, 3: 2500 } };
  game.open("appraisal", { module, venture: { 5: held } });
  const standing = { 3: { seat: BO, season: 1, score: 31, parts: { credits: 100 } } };
  game.open("recap", { standing, score: { 3: { seat: BO, standings: [31] } } });
  expect(shown(game)).toMatch(/Next season:.*7 points short of its next dice. Promise it hours/);
});

test.each([
  ["lapsed", ["Bo did not answer, and the phase is over."]],
  ["declined", []],
])("whoever asked and got no answer reads so at the close, of an offer that has %s", (status, told) => {
  const game = seated(MINA, "maker");
  const sheet = { id: 7, venture: 5, maker: MINA, investor: BO, by: "maker", status: "open" };
  game.open("matching", {}, { sheet: { 7: sheet } });
  game.open("incubation", {}, { sheet: { 7: { ...sheet, status } } });
  expect(said(game)).toEqual(told);
});

test("whoever left an offer of another unanswered is told nothing of it", () => {
  const game = seated(BO, "investor");
  const sheet = { id: 7, venture: 5, maker: MINA, investor: BO, by: "maker", status: "lapsed" };
  game.open("matching");
  game.open("incubation", {}, { sheet: { 7: sheet } });
  expect(said(game)).toEqual([]);
});

test("an exchange that nobody answered is told at the close of exchange", () => {
  const game = seated(MINA, "maker");
  const asked = { id: 1, what: "exchange", sender: MINA, receiver: JUN, status: "lapsed", terms: {} };
  game.open("exchange");
  game.open("matching", {}, { proposal: { 1: asked } });
  expect(said(game)).toContain("Jun did not answer, and the phase is over.");
});

test.each([
  [MINA, "maker", "list more helpers"],
  [BO, "investor", "ask less for your hours"],
])("whose list brought nothing reads what else to do: %i, %s", (seat, role, told) => {
  const game = seated(seat, role);
  game.open("matching");
  const whom = role === "maker" ? BO : 5;
  const venture = role === "maker" ? 5 : 0;
  const answer = { seat, season: 1, venture, answers: { [whom]: "elsewhere" } };
  game.open("incubation", {}, { list_answer: { [seat]: answer } });
  expect(shown(game)).toContain(told);
});

test("a maker reads what it paid for its idea from its own purse, and what would pay it", () => {
  const game = seated(MINA, "maker");
  game.open("market");
  const entry = (id: number, reason: string, amount: number, other: string) => ({
    [id]: { id, season: 1, reason, amount, other },
  });
  const paid = { ...entry(1, "own_money", -14, "venture:5"), ...entry(2, "rent", -12, "space:4") };
  game.open("appraisal", {}, { entry: paid });
  expect(said(game)).toEqual(["You paid 26 for Rice Robot yourself."]);
  expect(shown(game)).toMatch(/Materials, from your purse ?−14.*Rent, from your purse ?−12/);
});
