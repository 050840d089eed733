// What a card says adds up and is said once: holdings, tills, purses, what was learned, who did not come.
import { act, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { language } from "../../../src/prefs";
import { MomentCard } from "../../../src/seat/moments/cards/all";
import { RoomContext } from "../../../src/store/context";
import { BO, DEAL, JUN, leave, MINA, OLGA, said, seated, shown } from "./played";

afterEach(() => {
  leave();
  act(() => {
    language.value = "en";
  });
});

const HELD = { venture: { 5: { born: true, shares: { 1: 7500, 3: 2500 } } } };

test("a second deal shows what the investor holds with it, though the table tells of it later", () => {
  const game = seated(BO, "investor");
  game.open("matching", HELD);
  game.change({}, { deal: { 9: { ...DEAL, credits: 23, shares: 500 } } });
  expect(shown(game)).toMatch(/30%you hold/);
});

test("what an investor pays goes to the venture’s till and not to its lead", () => {
  const game = seated(BO, "investor");
  game.open("matching", HELD);
  game.change({}, { deal: { 9: { ...DEAL, credits: 23 } } });
  expect(shown(game)).toContain("23for the till of Rice Robot");
});

test("a birth is told to an investor once more without its terms, and what others paid makes up the till", () => {
  const game = seated(BO, "investor");
  game.open("matching");
  game.change({}, { deal: { 9: DEAL, 10: { ...DEAL, id: 10, credits: 20, shares: 500 } } });
  game.story.skip();
  const entry = { 1: { season: 1, amount: 27, reason: "backer_grant", other: "government" } };
  const born = { venture: { 5: { born: true, shares: { 1: 6000, 2: 1000, 3: 3000 } } } };
  game.open("incubation", { ...born, account: { "venture:5": { balance: 120 } } }, { entry });
  expect(said(game)).toEqual([
    "Rice Robot is born! Your 80 credits for 30% helped to bring it about. Mina keeps 60%. " +
      "The government pays you 27 for backing it.",
  ]);
  expect(shown(game)).toMatch(/From others \+40.*0 →to 120.*for backing a birth \+27/);
});

const PAYOUT = {
  season: 1,
  price: "fair",
  sales: 40,
  spent: 100,
  steps: { goods: 10, wage: 8, dividend: 22 },
};

test("of several sales none claims the whole purse, and one alone only if it is all that moved", () => {
  const payout = (venture: number) => ({ ...PAYOUT, venture, seats: [MINA], holders: { 1: 10 } });
  const game = seated(MINA, "maker");
  game.open("market");
  game.open("appraisal", { account: { "maker:1": { balance: 80 } } }, { payout: { 5: payout(5), 6: payout(6) } });
  expect(shown(game) + shown(game, 1)).not.toContain("Your credits");
  game.room.close();
  const alone = seated(MINA, "maker");
  alone.open("market");
  alone.open("appraisal", { account: { "maker:1": { balance: 70 } } }, { payout: { 5: payout(5) } });
  expect(shown(alone)).toMatch(/You get \+10.*Your credits 60 →to 70/);
  alone.room.close();
  const more = seated(MINA, "maker");
  more.open("market");
  more.open("appraisal", { account: { "maker:1": { balance: 75 } } }, { payout: { 5: payout(5) } });
  expect(shown(more)).not.toContain("Your credits");
});

test("in Chinese no mark stands alone before a sentence of a sale", () => {
  language.value = "zh";
  const game = seated(MINA, "maker");
  const payout = { ...PAYOUT, venture: 5, seats: [MINA], holders: { 1: 10 } };
  game.open("market");
  game.open("appraisal", {}, { payout: { 5: payout } });
  expect(shown(game)).toContain("40 创币。食农同一阶段的项目一共卖了 100。");
  expect(shown(game)).not.toMatch(/ [，。]/);
});

const LESSONS = [
  { text: "exchange_made", values: { maker: JUN, seat: MINA } },
  { text: "skill_learnt", values: { maker: MINA, skill: "technology" } },
  { text: "skill_learnt", values: { maker: MINA, skill: "business" } },
];

test("two lessons tell of spirit and a new tie once, and spirit that faded is no price of a lesson", () => {
  const game = seated(MINA, "maker");
  game.open("matching", { maker: { 1: { skills: [3, 6, 4], spirit: 6, ties: [JUN] } } }, {}, LESSONS);
  expect(shown(game)).toMatch(/Spirit.*a new tie/);
  expect(shown(game, 1)).not.toMatch(/Spirit|tie/);
  game.room.close();
  const faded = seated(MINA, "maker");
  faded.open("matching", { maker: { 1: { skills: [3, 6, 3], spirit: 4 } } }, {}, LESSONS.slice(0, 2));
  expect(shown(faded)).not.toContain("Spirit");
});

test("who was never asked for hours has not refused any", () => {
  const game = seated(MINA, "maker");
  game.open("matching");
  const answer = { seat: MINA, season: 1, venture: 5, answers: { 3: "given", 8: "unasked", 9: "full" } };
  const hours = { ...DEAL, id: 10, credits: 0, hours: 4, source: "package" };
  game.open("incubation", { deal: { 10: hours } }, { list_answer: { 1: answer } });
  expect(said(game)[0]).toMatch(/^Bo will work for you, one will not\./);
});

test("a clinic shows the investor what it has seen of the pupil’s venture", () => {
  const game = seated(BO, "investor");
  const look = { "3:5": { seat: BO, venture: 5, lo: 3, hi: 5, list_lo: 4, list_hi: 6, count: 1 } };
  const held = { text: "clinic_held", values: { investor: BO, maker: MINA } };
  game.open("matching", {}, { look }, [held]);
  expect(shown(game)).toContain("the appeal of Rice Robot is 4–5 of 6");
});

test("a badge says what it costs", () => {
  const game = seated(BO, "investor");
  const application = { investor: BO, space: OLGA, season: 1, score: 50, bar: 45, outcome: "given" };
  const module = { admission: { phase: "admission", badge_price: 6 } };
  game.open("exchange", { module }, { application: { "3:4": application } });
  expect(shown(game)).toContain("You pay North Hall 6 for it");
});

test("who comes into a team is told with the part it has; who is turned away, that the own idea stands", () => {
  const joined = { text: "cofounder_joined", values: { maker: JUN, venture: 5, shares: 2000 } };
  const team = { venture: { 5: { cofounders: [JUN], shares: { 1: 8000, 2: 2000 } } } };
  const lead = seated(MINA, "maker");
  lead.open("exchange", team, {}, [joined]);
  expect(said(lead)).toEqual(["Jun joins Rice Robot for 20%."]);
  lead.room.close();
  const own = seated(JUN, "maker");
  own.open("exchange", team, {}, [joined]);
  expect(said(own)).toEqual(["You are in the team of Rice Robot, with 20%."]);
  expect(shown(own)).toMatch(/Mina.*leads it.*you hold 20%/);
  own.room.close();
  const away = seated(JUN, "maker");
  away.open("exchange", {}, {}, [{ text: "join_refused", values: { venture: 5 } }]);
  expect(said(away)).toEqual(["Rice Robot has no place for you this time."]);
  expect(shown(away)).toContain("Your own idea stands.");
});

test("shares that count less say why: what was paid in comes back first", () => {
  const game = seated(MINA, "maker");
  const standing = (season: number, shares: number) => ({
    standing: { 1: { seat: MINA, season, parts: { credits: 60, shares } } },
  });
  game.open("recap", { score: { 1: { seat: MINA, standings: [90] } } }, standing(1, 30));
  game.open("policy", { game: { season: 2, phase: "policy", phase_number: 0 } });
  game.open("recap", { score: { 1: { seat: MINA, standings: [90, 67] } } }, standing(2, 7));
  expect(shown(game)).toMatch(/Shares−237.*What investors paid in comes back to them first/);
});

test("a line of a title ends around a name in quotes and not amid it, nor before a mark", () => {
  language.value = "zh";
  const game = seated(MINA, "maker");
  const payout = { ...PAYOUT, venture: 5, seats: [MINA], holders: { 1: 10 } };
  game.open("market");
  game.open("appraisal", {}, { payout: { 5: payout } });
  const [moment] = game.story.waiting.value;
  const card = moment ? <MomentCard moment={moment} /> : null;
  const { container } = render(<RoomContext.Provider value={game.room}>{card}</RoomContext.Provider>);
  expect(container.querySelector("h1")?.innerHTML).toBe("大家买<wbr>“米饭机器人”！");
});
