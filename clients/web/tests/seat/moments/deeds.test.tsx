// Moments of deeds: signed, hours, dice, money, and what an appraisal made of it.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MomentCard } from "../../../src/seat/moments/cards/all";
import { chanceOf } from "../../../src/seat/moments/cards/roll";
import { type Deed, StageContext } from "../../../src/seat/moments/stage";
import { RoomContext } from "../../../src/store/context";
import { BO, DEAL, JUN, leave, MINA, OLGA, type Played, said, seated } from "./played";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  leave();
  act(() => void vi.advanceTimersByTime(30_000)); // nothing waits to be said when the next test begins
  vi.useRealTimers();
});

/** Show the first card on a screen whose one button does what the card wants. */
function shown({ room, story }: Played): { container: Element; deed: () => Deed | undefined } {
  const [moment] = story.waiting.value;
  let deed: Deed | undefined;
  const stage = {
    hold: (next: Deed | undefined) => {
      deed = next;
    },
  };
  const { container } = render(
    <RoomContext.Provider value={room}>
      <StageContext.Provider value={stage}>{moment ? <MomentCard moment={moment} /> : null}</StageContext.Provider>
    </RoomContext.Provider>,
  );
  return { container, deed: () => deed };
}

const BORN = { venture: { 5: { born: true, shares: { 1: 7500, 3: 2500 } } } };

test("a birth is told at once, on the whole screen, with the pieces and what the venture has", () => {
  const game = seated(MINA, "maker");
  game.open("matching");
  const hand = { deal: { 9: DEAL }, account: { "venture:5": { balance: 60 } }, maker: { 1: { spirit: 6 } }, ...BORN };
  game.change({}, hand);
  expect(said(game)).toEqual(["Rice Robot is born! 60 credits from Bo for 25%. You keep 75%."]);
  expect(game.story.waiting.value[0]).toMatchObject({ full: true, phase: "matching" });
  expect(shown(game).container.textContent).toMatch(
    /75%you keep25%Bo holdsSIGNED.*the whole counts as 240.*0 →to 60.*5 →to 6/,
  );
});

test("an investor is told of the deal at once, and of the birth when everybody learns it", () => {
  const game = seated(BO, "investor");
  game.open("matching");
  game.change({}, { deal: { 9: DEAL } });
  expect(said(game)).toEqual(["Signed: Rice Robot. 60 credits from you for 25%."]);
  game.story.next();
  game.open("incubation", { ...BORN, deal: { 9: DEAL }, account: { "venture:5": { balance: 60 } } });
  expect(said(game)).toEqual(["Rice Robot is born! Your 60 credits for 25% helped to bring it about. Mina keeps 75%."]);
});

test("a birth says what the venture had before, to an investor too", () => {
  const game = seated(BO, "investor");
  game.change({ account: { "venture:5": { balance: 40 } } });
  game.open("matching");
  game.open("incubation", { ...BORN, deal: { 9: DEAL }, account: { "venture:5": { balance: 100 } } });
  expect(game.story.waiting.value[0]).toMatchObject({ born: true, till: { before: 40, after: 100 } });
});

test("a deal of others is none of mine", () => {
  const game = seated(JUN, "maker");
  game.open("matching");
  game.open("incubation", { ...BORN, deal: { 9: DEAL } });
  expect(said(game)).toEqual([]);
});

const PACKAGE = { ...DEAL, id: 10, credits: 0, hours: 4, shares: 100, fee: 7, source: "package" };

test("hours say who comes, who does not, and why", () => {
  const game = seated(MINA, "maker");
  game.open("matching");
  const answer = { seat: MINA, season: 1, venture: 5, answers: { 3: "given", 8: "full", 9: "free" } };
  const seats = { 8: { id: 8, role: "investor", name: "Lin" }, 9: { id: 9, role: "investor", name: "Rui" } };
  game.open("incubation", { deal: { 10: PACKAGE }, seat: seats }, { list_answer: { 1: answer } });
  expect(said(game)).toEqual([
    "Bo will work for you, 2 will not. 4 hours in all. Lin chose others first: all hours were gone. " +
      "Rui had hours left, but not for you. Go and talk before the next list.",
  ]);
  expect(shown(game).container.textContent).toMatch(/4 hours.*fee 7.*Lin.*Rui.*How it was decided:/);
});

test("an investor reads where its hours went", () => {
  const game = seated(BO, "investor");
  game.open("matching");
  game.open("incubation", { deal: { 10: PACKAGE } });
  expect(said(game)).toEqual(["Your hours go to Rice Robot. 4 hours in all."]);
});

const ROLL = { dice: 5, spirit: 1, help: 2, misses: 0, needed: 9 };
const MISSED = { dice: [3, 2], roll: ROLL, moved_up: false, stage: 1, misses: 2 };
const HELPED = { ...PACKAGE, delivered: 1 };

function rolled(seat: number, role: string): Played {
  const game = seated(seat, role);
  game.open("incubation", { deal: { 10: PACKAGE } });
  game.open("market", {
    venture: { 5: { ...MISSED, shares: { 1: 7500, 3: 2500 } } },
    deal: { 10: HELPED },
    module: { incubation: { phase: "incubation", help_hours: 3 } },
  });
  return game;
}

test("dice are thrown by the lead's touch, and say by how much they missed and what was missing", () => {
  const game = rolled(MINA, "maker");
  expect(said(game)).toEqual([
    "Rice Robot: dice 3 and 2; 5 dice + 1 spirit + 2 help = 8, needed 9. Missed by one. The next roll adds 2.",
  ]);
  const { container, deed } = shown(game);
  expect(container.textContent).toMatch(/6 or more on the dice.*72%/);
  expect(container.textContent).not.toContain("Missed");
  expect(deed()?.label).toBe("Throw");
  const faces = () => [...container.querySelectorAll(".die")].map((die) => die.getAttribute("data-face"));
  expect(faces()).toEqual(["0", "0"]); // no number that could be taken for the throw
  act(() => deed()?.run());
  act(() => void vi.advanceTimersByTime(1000));
  expect(container.textContent).toMatch(/Missed by one.*= 8, needed 9.*Bo promised 4 hours and brought 1\./);
  expect(container.textContent).toMatch(/Next roll, you add \+2.*72% →to 92%/);
  expect(deed()).toBeUndefined();
});

test("who doubts the dice sees the draw from their card, of the season in which they fell", () => {
  const game = rolled(MINA, "maker");
  const { container, deed } = shown(game);
  act(() => deed()?.run());
  act(() => void vi.advanceTimersByTime(1000));
  game.open("policy", { game: { season: 2, phase: "policy", phase_number: 0 } });
  fireEvent.click(screen.getByRole("button", { name: "Fair? See the draw" }));
  expect(container.querySelector("dialog code")?.textContent).toBe("1|incubation|roll|5|0");
});

test("dice that nobody throws fall by themselves after four seconds", () => {
  const { container } = shown(rolled(MINA, "maker"));
  act(() => void vi.advanceTimersByTime(3900));
  expect(container.textContent).not.toContain("Missed");
  act(() => void vi.advanceTimersByTime(100));
  act(() => void vi.advanceTimersByTime(900));
  expect(container.textContent).toContain("Missed by one");
});

test("who holds a part of it sees them fall once the lead has had its time to throw, and throws nothing", () => {
  const { container, deed } = shown(rolled(BO, "investor"));
  expect(container.textContent).toContain("Mina throws.");
  expect(deed()?.label).toBe("…");
  act(() => void vi.advanceTimersByTime(3900));
  expect(container.textContent).not.toContain("Missed");
  act(() => void vi.advanceTimersByTime(100));
  act(() => void vi.advanceTimersByTime(900));
  expect(container.textContent).toContain("Missed by one");
});

test("dice are told with their own season, and never again for a venture that has closed", () => {
  const game = rolled(MINA, "maker");
  game.open("recap", { venture: { 5: { closed: "unsold", closed_season: 1 } } });
  game.open("policy", { game: { season: 2, phase: "policy", phase_number: 0 } });
  for (const phase of ["admission", "exchange", "matching", "incubation", "market"]) game.open(phase);
  expect(game.story.told.value.filter(({ kind }) => kind === "roll")).toHaveLength(1);
});

test("who comes to a part of a venture later is not told how its dice fell before", () => {
  const game = seated(BO, "investor");
  game.open("appraisal", { venture: { 5: MISSED } });
  game.open("recap", { venture: { 5: { shares: { 1: 7500, 3: 2500 } } } });
  expect(said(game)).toEqual([]);
});

test("a chance is that of two dice", () => {
  expect([2, 7, 6, 12, 13].map(chanceOf)).toEqual([100, 58, 72, 3, 0]);
});

test("who had no dice is told what is missing", () => {
  const game = seated(MINA, "maker");
  const module = { world: { need_prototype_technology: 10, need_prototype_customers: 6, need_prototype_business: 4 } };
  game.open("incubation", { module });
  game.open("market", { venture: { 5: { tracks: [8, 6, 3] } } });
  expect(said(game)).toEqual(["No dice for Rice Robot this season. Still missing: Technology 2, Business 1."]);
});

const PAYOUT = {
  venture: 5,
  seats: [MINA, BO],
  season: 1,
  price: "fair",
  sales: 133,
  spent: 213,
  steps: { goods: 39, wage: 8, rent: 12, tax: 7, reserve: 20, dividend: 47 },
  holders: { 1: 32, 3: 15 },
};
const DANGER = { venture: 5, seats: [MINA, BO], space: OLGA, season: 1, sold: 133, bar: 90, reason: "" };
const WAGE = { amount: 8, other: "venture:5", reason: "wage", season: 1 };

test("a sale says how much, of what, whether that is enough, and what of it is mine, step by step", () => {
  const game = seated(MINA, "maker");
  game.open("market");
  const hand = { payout: { 5: PAYOUT }, danger: { 5: DANGER }, entry: { a: WAGE } };
  game.open("appraisal", { account: { "maker:1": { balance: 100 } } }, hand);
  expect(said(game)).toEqual(["Rice Robot sold for 133 of 213. It had to sell 90: safe, 43 above. You get 40."]);
  expect(game.story.waiting.value[0]?.full).toBe(true);
  const { container } = shown(game);
  expect(container.textContent).toMatch(
    /shops outside 80.*must sell 90.*\+40.*60 →to 100.*8 as your wage\. 32 as your share/,
  );
  const key = container.querySelector(".steps-key");
  if (key) fireEvent.click(key);
  expect(container.textContent).toContain("133 = 39 + 8 + 12 + 7 + 20 + 47");
});

test("what has closed stood beside nobody in the shops", () => {
  const game = seated(MINA, "maker");
  const rival = { sector: "food", stage: 0, sales: 80 };
  game.open("market", { venture: { 6: rival } });
  game.open("appraisal", {}, { payout: { 5: PAYOUT } });
  expect(game.story.waiting.value[0]).toMatchObject({ rivals: [{ venture: 6, sold: 80 }] });
  const later = seated(MINA, "maker");
  later.open("market", { venture: { 6: { ...rival, closed: "unsold" } } });
  later.open("appraisal", {}, { payout: { 5: PAYOUT } });
  expect(later.story.waiting.value[0]).toMatchObject({ rivals: [] });
});

test("a holder reads what it gets of a sale, and who has no part in it nothing", () => {
  const game = seated(BO, "investor");
  game.open("market");
  game.open("appraisal", {}, { payout: { 5: PAYOUT } });
  expect(said(game)).toEqual(["Rice Robot sold for 133 of 213. You get 15."]);
});

test("an appraisal says the score, the bar and its measures; a lost badge takes the screen", () => {
  const game = seated(BO, "investor");
  game.open("appraisal");
  const appraisal = {
    investor: BO,
    space: OLGA,
    season: 1,
    served: 60,
    growth: 10,
    competition: 83,
    weights: [],
    score: 30,
    bar: 34,
    lost: true,
  };
  game.open("recap", {}, { appraisal: { "3:4": appraisal } });
  expect(said(game)).toEqual(["Your badge at North Hall ends. You were appraised at 30 of 100. The bar was 34."]);
  expect(game.story.waiting.value[0]?.full).toBe(true);
  expect(shown(game).container.textContent).toMatch(/4 short.*Served 60Growth 10Competition 83/);
});

test("an operator reads how its space did", () => {
  const game = seated(OLGA, "operator");
  game.open("appraisal");
  game.open("recap", { space: { 4: { vitality: 52, rating_mean: 433 } } });
  expect(said(game)).toEqual(["Your vitality: 40 to 52. Your people rate you 4.3 of 5."]);
});

test("an end says what stays first, then what it reached of what it had to", () => {
  const game = seated(MINA, "maker");
  game.open("appraisal");
  const hand = { danger: { 5: { ...DANGER, sold: 22, bar: 25, reason: "unsold" } } };
  const closed = {
    venture: { 5: { closed: "unsold", closed_season: 1, space: OLGA } },
    maker: { 1: { skills: [3, 6, 3] } },
  };
  game.open("recap", closed, hand);
  expect(said(game)).toEqual([
    "Rice Robot closes here. What it taught stays. It sold 22. It had to sell 25. " +
      "North Hall did not play its wild card. You: Technology 2 to 3.",
  ]);
  expect(shown(game).container.textContent).toMatch(
    /Your Technology 2 →to 3.*To the commons of North Hall.*It sold 22/,
  );
});

test("whoever was spared is told so", () => {
  const game = seated(MINA, "maker");
  game.open("appraisal");
  game.open("recap", {}, {}, [{ text: "venture_spared", values: { space: OLGA, venture: 5 } }]);
  expect(said(game)).toEqual(["Rice Robot is saved by the wild card!"]);
});
