// What came of a wild card, of a grant, of a question that met a no, and of a season without dice.
import { afterEach, expect, test } from "vitest";
import { BO, JUN, leave, MINA, OLGA, said, seated } from "./played";

afterEach(leave);

const PITCH = { maker: MINA, space: OLGA, season: 1, venture: 5, score: 33, bar: 36, desks: 1, outcome: "below" };

test.each([
  [[{ text: "wild_card_played", values: { space: OLGA, seat: JUN } }], "The wild card of North Hall went to Jun."],
  [[], "North Hall did not play its wild card."],
])("whoever was turned away reads whom the wild card let in", (lines, told) => {
  const game = seated(MINA, "maker");
  game.open("exchange", {}, { pitch: { 1: { ...PITCH, ahead: [] } } }, lines);
  expect(said(game)[0]).toContain(told);
});

test("an investor without a badge reads where the wild card went", () => {
  const game = seated(BO, "investor");
  const application = { investor: BO, space: OLGA, season: 1, score: 40, bar: 45, outcome: "below" };
  const card = { text: "wild_card_played", values: { space: OLGA, seat: JUN } };
  game.open("exchange", {}, { application: { "3:4": application } }, [card]);
  expect(said(game)[0]).toContain("The wild card of North Hall went to Jun.");
});

test.each([
  ["admission", "wild_card_played", { space: OLGA, seat: MINA }, "Your wild card lets Mina in."],
  ["admission", "wild_card_played", { space: OLGA, seat: BO }, "Your wild card gives Bo a badge."],
  ["appraisal", "badge_spared", { space: OLGA, investor: BO }, "Your wild card keeps the badge of Bo."],
])("an operator reads what came of its wild card in %s: %s", (phase, text, values, told) => {
  const game = seated(OLGA, "operator");
  game.open(phase);
  game.open(phase === "admission" ? "exchange" : "recap", {}, {}, [{ text, values }]);
  expect(said(game)).toContain(told);
});

test("an operator reads which venture its card saved, and which closed while it was not played", () => {
  const game = seated(OLGA, "operator");
  game.open("appraisal");
  game.open("recap", {}, {}, [{ text: "venture_spared", values: { space: OLGA, venture: 6 } }]);
  expect(said(game)).toContain("Your wild card saves Posture Giraffe.");
  const idle = seated(OLGA, "operator");
  idle.open("appraisal");
  const gone = { venture: { 6: { closed: "unsold" } } };
  idle.open("recap", gone, {}, [{ text: "venture_closed", values: { venture: 6, reason: "unsold" } }]);
  expect(said(idle)).toContain("Posture Giraffe closed, and your wild card was not played.");
});

test("whoever closes reads that the wild card of its space went to another", () => {
  const game = seated(JUN, "maker");
  game.open("appraisal");
  const lines = [{ text: "venture_spared", values: { space: OLGA, venture: 5 } }];
  game.open("recap", { venture: { 6: { closed: "unsold" } } }, {}, lines);
  expect(said(game)[0]).toContain("The wild card of North Hall went to Rice Robot.");
});

test("an investor whose badge the wild card saved reads that it was the card", () => {
  const game = seated(BO, "investor");
  game.open("appraisal");
  const judged = { investor: BO, space: OLGA, season: 1, score: 20, bar: 34, lost: false };
  const line = { text: "badge_spared", values: { space: OLGA, investor: BO } };
  game.open("recap", {}, { appraisal: { "3:4": judged } }, [line]);
  expect(said(game)[0]).toContain("North Hall keeps you, by its wild card.");
});

const GRANT = { season: 1, space: OLGA, venture: 5, maker: MINA, credits: 8 };

test("a maker reads at once what a space gives it, and what is in the till then", () => {
  const game = seated(MINA, "maker");
  game.open("matching");
  game.change({ account: { "venture:5": { balance: 8 } } }, { grant: { "1:5": GRANT } });
  expect(said(game)).toEqual(["A grant of 8 credits from North Hall for Rice Robot."]);
  expect(game.story.waiting.value[0]).toMatchObject({ till: { before: 0, after: 8 } });
});

test.each([
  [true, "Rice Robot moved up: your grant of 8 brings 16."],
  [false, "Rice Robot did not move up: nothing comes back for your grant."],
])("an operator reads after the dice whether its grant comes back", (up, told) => {
  const game = seated(OLGA, "operator", { grant: { "1:5": GRANT } });
  game.open("incubation");
  game.open("market", { venture: { 5: { moved_up: up } }, module: { incubation: { grant_times: 2 } } });
  expect(said(game)).toContain(told); // beside what the season brought its tenants
});

const SHEET = { id: 7, venture: 5, maker: MINA, investor: BO, by: "investor", status: "declined" };

test.each([
  ["price", "Mina said no: not at these terms."],
  [undefined, "Mina said no."],
])("an investor reads that its offer met a no, and why where that was said", (reason, told) => {
  const game = seated(BO, "investor");
  game.open("matching");
  const values = { maker: MINA, investor: BO, ...(reason ? { reason } : {}) };
  game.change({}, { sheet: { 7: SHEET } }, [{ text: "terms_declined", values }]);
  expect(said(game)).toEqual([told]);
});

test("who says no itself is told nothing of it", () => {
  const game = seated(MINA, "maker");
  game.open("matching");
  const terms = { text: "terms_declined", values: { maker: MINA, investor: BO } };
  const proposal = { text: "proposal_declined", values: { maker: JUN, seat: MINA } };
  game.change({}, { sheet: { 7: SHEET } }, [terms, proposal]);
  expect(said(game)).toEqual([]);
});

test("each of two noes is told, those of a maker to whoever had asked", () => {
  const game = seated(MINA, "maker");
  game.open("exchange");
  const no = { text: "proposal_declined", values: { maker: MINA, seat: JUN, reason: "spent" } };
  game.change({}, {}, [no]);
  game.change({}, {}, [no]);
  expect(said(game)).toEqual(Array(2).fill("Jun said no: nothing left to give."));
});

test("an investor reads why what it has a part in had no dice, and whom to ask", () => {
  const game = seated(BO, "investor");
  const module = { world: { need_prototype_technology: 6 } };
  game.open("incubation", { venture: { 5: { shares: { 1: 7500, 3: 2500 } } }, module });
  game.open("market");
  expect(said(game)).toEqual(["No dice for Rice Robot this season. Still missing: Technology 6."]);
  expect(game.story.waiting.value[0]).toMatchObject({ held: true });
});
