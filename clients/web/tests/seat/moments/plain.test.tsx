import { afterEach, expect, test } from "vitest";
import { BO, DEAL, JUN, leave, MINA, OLGA, said, seated, shown } from "./played";

afterEach(leave);

test("who met nobody hears why spirit fell; who met somebody, that the meeting won it back", () => {
  const alone = seated(MINA, "maker");
  alone.open("exchange");
  alone.open("matching", { maker: { 1: { spirit: 4 } } });
  expect(said(alone)).toEqual(["You met nobody this time. Your spirit went from 5 to 4."]);
  expect(shown(alone)).toMatch(/5 →to 4.*each meeting wins 1 back/);
  alone.room.close();
  const met = seated(MINA, "maker");
  met.open("exchange");
  const lines = [
    { text: "exchange_made", values: { maker: JUN, seat: MINA } },
    { text: "skill_learnt", values: { maker: MINA, skill: "technology" } },
  ];
  met.open("matching", { maker: { 1: { skills: [3, 6, 3] } } }, {}, lines);
  expect(met.story.waiting.value[0]).toMatchObject({ kind: "learned", spirit: { before: 5, after: 5 } });
  expect(shown(met)).toContain("sharing skills with a maker wins it back");
});

test("a lesson of an investor says that spirit has faded all the same", () => {
  const game = seated(MINA, "maker");
  game.open("exchange");
  const lines = [
    { text: "clinic_held", values: { investor: BO, maker: MINA } },
    { text: "skill_learnt", values: { maker: MINA, skill: "network" } },
  ];
  game.open("matching", { maker: { 1: { skills: [2, 7, 3], spirit: 4 } } }, {}, lines);
  expect(shown(game)).toMatch(/Spirit ?5 →to 4.*It fades by 1 each season/);
});

test("an investor who listened at the door reads what it knows now", () => {
  const game = seated(BO, "investor");
  game.open("exchange", {}, {}, [{ text: "pitch_heard", values: { venture: 6, lo: 5, hi: 5 } }]);
  expect(said(game)).toEqual(["You heard the pitch of Posture Giraffe. Its appeal is 5, of 6."]);
});

test("a venture that sold nothing says what its till has paid, and calls rent no more than its rent", () => {
  const game = seated(MINA, "maker");
  const deal = { 9: { ...DEAL, credits: 0, hours: 4, fee_paid: 2 } };
  game.open("market", { account: { "venture:5": { balance: 57 } }, venture: { 5: { space: OLGA } } }, { deal });
  game.open("appraisal", { account: { "venture:5": { balance: 35 } } }, { deal });
  expect(said(game)).toEqual(["Rice Robot sold nothing yet and paid 22. 57 to 35."]);
  expect(shown(game)).toMatch(/Fee for hours −2Rent −12Its till 57 →to 35/);
});

test("hours say what they cost in shares, too", () => {
  const game = seated(MINA, "maker");
  game.open("matching");
  const deal = { ...DEAL, credits: 0, hours: 4, shares: 300, source: "package" };
  game.open("incubation", { deal: { 9: deal } });
  expect(shown(game)).toContain("for 3% of your venture");
});

test("a season says why the shares of a born venture count nothing, and when its till is short of the rent", () => {
  const game = seated(MINA, "maker");
  game.open("appraisal", { venture: { 5: { born: true, space: 4 } }, account: { "venture:5": { balance: 3 } } });
  const standing = { 1: { seat: MINA, season: 1, score: 84, parts: { credits: 60, spirit: 24 } } };
  game.open("recap", { standing, score: { 1: { seat: MINA, standings: [84] } } });
  expect(game.story.waiting.value[0]).toMatchObject({ kind: "season", holds: true, next: { what: "rent", n: 9 } });
  expect(shown(game)).toMatch(/What investors paid in comes back to them first.*9 short of the rent/);
});

const ROLLED = {
  venture: {
    5: { dice: [3, 2], roll: { dice: 5, needed: 9 }, moved_up: false, misses: 2, born: true, space: 4 },
  },
};

test("a season says how many points the next dice of a venture lack", () => {
  const game = seated(MINA, "maker");
  const module = { world: { need_prototype_technology: 10, need_prototype_customers: 6, need_prototype_business: 4 } };
  game.open("appraisal", { module, venture: { 5: { born: true, tracks: [10, 2, 1] } } });
  const standing = { 1: { seat: MINA, season: 1, score: 84, parts: { credits: 60, spirit: 24 } } };
  game.open("recap", { standing, score: { 1: { seat: MINA, standings: [84] } } });
  expect(shown(game)).toContain("your venture is 7 points short of its next dice");
});

test.each([
  [4, /The next roll adds 2\.$/],
  [1, /Missed by 4\.$/],
])("a miss promises a next roll only where there is another season, of %s", (seasons, ends) => {
  const game = seated(MINA, "maker");
  game.open("incubation", { game: { seasons, phase: "incubation", phase_number: 4 } });
  game.open("market", ROLLED);
  expect(said(game)[0]).toMatch(ends);
});

test("an operator reads which tenant closed and whose badge it took back, where both cost", () => {
  const game = seated(OLGA, "operator");
  game.open("appraisal");
  const lines = [
    { text: "venture_closed", values: { venture: 6, space: OLGA, reason: "unfunded" } },
    { text: "badge_lost", values: { investor: BO, space: OLGA } },
    { text: "badge_lost", values: { investor: 6, space: 77 } }, // elsewhere: its number is that of a tenant
  ];
  const paid = (id: number, reason: string, amount: number) => ({ id, season: 1, reason, amount, other: "" });
  game.open("recap", {}, { entry: { 1: paid(1, "clearing", -10), 2: paid(2, "upkeep", -90) } }, lines);
  expect(shown(game)).toMatch(/Clearing.*: Posture Giraffe −10.*Upkeep: Bo lost the badge, which costs −90/);
});

test.each([
  [0, "After all costs nothing was left to share."],
  [40, "Your share is too small for a part of the dividends."],
])("who gets nothing of a sale that shared out %s reads why", (dividend, why) => {
  const game = seated(BO, "investor");
  game.open("market");
  const payout = { season: 1, venture: 5, seats: [BO], price: "fair", sales: 77, spent: 180, holders: {} };
  game.open("appraisal", {}, { payout: { 5: { ...payout, steps: { goods: 20, dividend } } } });
  expect(shown(game)).toContain(why);
});

test("an operator reads which tenants were born and what that pays, as the treasury rises by it", () => {
  const game = seated(OLGA, "operator");
  game.open("matching");
  const entry = { 1: { id: 1, season: 1, reason: "birth_grant", amount: 30, other: "government" } };
  game.open("incubation", {}, { entry }, [{ text: "venture_born", values: { venture: 6 } }]);
  expect(said(game)).toEqual(["One of those at your desks is born. Posture Giraffe; the government pays you 30."]);
});

test("a card that the host turns in the midst of a season has a card on each phone, with what it does", () => {
  const game = seated(MINA, "maker");
  game.open("exchange");
  const world = { policy: "stadium-bill", effect: "tax", tax: 20 };
  game.change({ world }, {}, [{ text: "policy_shock", values: { policy: "stadium-bill" } }]);
  expect(said(game)).toEqual(["In mid-season, a new card: Stadium Bill. This season the tax is 20%."]);
  expect(shown(game)).toContain("forty thousand");
  game.change({ world: { policy: "steel-library", effect: "voucher", tax: 10 } });
  expect(said(game)[0]).toContain("the tax is 20%"); // what it did then
});
