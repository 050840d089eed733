import { afterEach, expect, test } from "vitest";
import { language } from "../../../src/prefs";
import { BO, JUN, leave, MINA, OLGA, said, seated, shown } from "./played";

afterEach(leave);

const PITCH = {
  maker: MINA,
  space: OLGA,
  season: 1,
  venture: 5,
  score: 41,
  bar: 36,
  desks: 1,
  outcome: "full",
  ahead: [JUN],
};

test("a door that was full says that I was good enough, and how many were ahead", () => {
  const game = seated(MINA, "maker");
  game.open("exchange", {}, { pitch: { 1: PITCH } });
  expect(said(game)).toEqual([
    "North Hall: good enough, but full. You scored 41, the bar was 36. " +
      "Its last free desk went to the one ahead of you.",
  ]);
  expect(shown(game)).toMatch(/bar 36.*you 41.*\+5.*You work in the garage\. Now:/);
});

test("who is in for the first time is told on the whole screen, and at which desk among whom", () => {
  const game = seated(MINA, "maker");
  const hand = { pitch: { 1: { ...PITCH, outcome: "given", ahead: [] } } };
  game.open("exchange", { venture: { 5: { space: OLGA } } }, hand);
  expect(game.story.waiting.value[0]).toMatchObject({ full: true, seated: [MINA, JUN], desks: 3 });
  expect(shown(game)).toMatch(/You’re in!.*Rent 12 a season.*Jun/);
});

test("an investor reads what it was judged by; the operator reads who came", () => {
  const investor = seated(BO, "investor");
  const application = { investor: BO, space: OLGA, season: 1, score: 50, bar: 45, outcome: "given" };
  investor.open("exchange", {}, { application: { "3:4": application } });
  expect(said(investor)).toEqual(["North Hall: your badge! You were judged 50, the bar was 45."]);
  const operator = seated(OLGA, "operator");
  operator.open("exchange", {}, { pitch: { 1: PITCH, 2: { ...PITCH, maker: JUN, score: 60, outcome: "given" } } });
  expect(said(operator)).toEqual(["2 asked for a desk, 1 came in."]);
  expect(shown(operator)).toMatch(/Jun.*60.*Mina.*41/);
});

const EXCHANGE = [
  { text: "exchange_made", values: { maker: JUN, seat: MINA } },
  { text: "skill_learnt", values: { maker: MINA, skill: "business" } },
];

test("a lesson says by whom, from where to where, and what it did to spirit and ties", () => {
  const game = seated(MINA, "maker");
  game.open("matching", { maker: { 1: { skills: [2, 6, 4], spirit: 6, ties: [JUN] } } }, {}, EXCHANGE);
  expect(said(game)).toEqual(["Jun taught you Business. 3 to 4."]);
  expect(shown(game)).toMatch(/3 →to 4.*Your next pitch.*\+1.*Spirit.*5 →to 6.*You and Jun.*a new tie/);
});

test("who taught and learned nothing is told whom", () => {
  const game = seated(MINA, "maker");
  game.open("matching", {}, {}, EXCHANGE.slice(0, 1));
  expect(said(game)).toEqual(["You taught Jun."]);
  const learner = seated(MINA, "maker");
  const clinic = { text: "clinic_held", values: { investor: BO, maker: MINA } };
  learner.open("matching", { maker: { 1: { skills: [2, 6, 5] } } }, {}, [clinic, ...EXCHANGE.slice(1), ...EXCHANGE]);
  expect(said(learner)).toEqual(["Bo, Jun taught you Business. 3 to 5."]);
  const investor = seated(BO, "investor");
  investor.open("matching", {}, {}, [clinic]);
  expect(said(investor)).toEqual(["You taught Mina."]);
});

test("a lesson of others, of which everybody hears, is not mine", () => {
  const told = [{ text: "mentor_taught", values: { investor: BO, maker: JUN, skill: "business" } }];
  const stranger = seated(9, "investor");
  stranger.open("matching", {}, {}, told);
  expect(said(stranger)).toEqual([]);
  stranger.room.close();
  const mentor = seated(BO, "investor");
  mentor.open("matching", {}, {}, told);
  expect(said(mentor)).toEqual(["You taught Jun Business."]);
});

test("a mentor of two reads of each what it learned of this mentor, and not of another", () => {
  const lesson = (investor: number, maker: number, skill: string) => ({
    text: "mentor_taught",
    values: { investor, maker, skill },
  });
  const mentor = seated(BO, "investor");
  const lessons = [lesson(9, JUN, "technology"), lesson(BO, JUN, "business"), lesson(BO, MINA, "network")];
  mentor.open("matching", {}, {}, lessons);
  expect(said(mentor)).toEqual(["You taught Jun Business.", "You taught Mina Network."]);
});

test("a season's points stand by parts with what moved, and with my place", () => {
  const game = seated(MINA, "maker");
  const scores = (mine: number[], juns: number[]) => ({
    score: { 1: { seat: MINA, standings: mine }, 2: { seat: JUN, standings: juns } },
  });
  const standing = (season: number, parts: object) => ({ standing: { 1: { seat: MINA, season, parts } } });
  game.open("recap", scores([90], [100]), standing(1, { credits: 60, shares: 30 }));
  expect(said(game)).toEqual(["You have 90 points, place 2 of 2."]);
  game.open("policy", { game: { season: 2, phase: "policy", phase_number: 0 } });
  game.open("recap", scores([90, 157], [100, 110]), standing(2, { credits: 54, shares: 77, forecasts: 26 }));
  expect(said(game)).toEqual(["You have 157 points, place 1 of 2, +67 this season."]);
  expect(shown(game)).toMatch(/157\+67Place 1 of 2was 2.*Shares\+4777.*Credits−654.*What moved you most: Shares \+47/);
});

test("the sentences are there in Chinese too", () => {
  const game = seated(MINA, "maker");
  language.value = "zh";
  game.open("exchange", {}, { pitch: { 1: PITCH } });
  expect(said(game)).toEqual(["北厅：你够格，可是满了。你得 41 分，门槛 36。空工位都给了你前面的 1 位。"]);
});

test("an operator reads which tenants moved on, and what the hours of its workshop did for them", () => {
  const game = seated(OLGA, "operator");
  game.open("incubation");
  const given = { text: "workshop_given", values: { space: OLGA, venture: 6, hours: 2 } };
  const others = { text: "workshop_given", values: { space: 99, venture: 5, hours: 3 } };
  const venture = { 5: { space: OLGA }, 6: { dice: [3, 4], moved_up: true, stage: 1 } };
  game.open("market", { venture }, {}, [given, others]);
  expect(said(game)).toEqual([
    "Of 1 that rolled here, 1 moved on. " +
      "Posture Giraffe: Now a Prototype. 2 hours of your workshop took it to the dice.",
  ]);
  expect(shown(game)).toContain("No dice: it lacks work or money.");
});

test("a season ends with one line of what to try: an idea in the garage needs money", () => {
  const game = seated(MINA, "maker");
  game.open("appraisal");
  const standing = { seat: MINA, season: 1, parts: { credits: 30 } };
  const score = { 1: { seat: MINA, standings: [30] }, 2: { seat: JUN, standings: [50] } };
  game.open("recap", { score, module: { world: { birth_credits: 60 } } }, { standing: { 1: standing } });
  expect(shown(game)).toContain("Next season: your idea needs 60 credits more to live.");
});
