// What three students asked of a card that left it open: my own part in it, what else there was, and what is still to
// come. Whole games tapped by hand found each of these.
import { render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Helped } from "../../../src/seat/moments/cards/roll";
import { inRoom } from "../../rig/in_room";
import { BO, DEAL, JUN, leave, MINA, OLGA, said, seated, shown } from "./played";

afterEach(leave);

const LAST = { season: 4, seasons: 4 };

test("an investor whose badge could not be paid is told that it ends, and what it would have cost", () => {
  const game = seated(BO, "investor");
  const module = { admission: { badge_price: 6 } };
  game.rewind("admission", { module, investor: { 3: { badges: [OLGA] } } });
  game.open("exchange", { investor: { 3: { badges: [] } } });
  expect(said(game)[0]).toMatch(/: your badge ends\.$/);
  expect(shown(game)).toContain("Keeping it costs 6 credits a season, and you did not have them.");
});

test("a badge that is kept is no news", () => {
  const game = seated(BO, "investor");
  game.rewind("admission", { investor: { 3: { badges: [OLGA] } } });
  game.open("exchange");
  expect(said(game)).toEqual([]);
});

const PITCH = { maker: JUN, space: OLGA, season: 1, venture: 6, bar: 36, desks: 3, ahead: [] };
const SEALED = { "4:wild_card:": { seat: OLGA, command: "wild_card", target: "", args: { seat: JUN } } };

test.each([
  [{}, "This maker did not knock at your door."],
  [{ pitch: { 2: { ...PITCH, score: 47, outcome: "full" } } }, "No desk was left, and the card brings none."],
  [{ pitch: { 2: { ...PITCH, score: 47, outcome: "given" } } }, "This maker came in without it."],
])("an operator whose wild card did nothing reads why: %j", (hand, why) => {
  const game = seated(OLGA, "operator");
  game.change({}, { choice: SEALED });
  game.open("exchange", {}, { choice: { "4:wild_card:": null }, ...hand });
  const at = said(game).indexOf("Your wild card for Jun was not used.");
  expect(at).toBeGreaterThanOrEqual(0);
  expect(shown(game, at)).toContain(why);
  expect(shown(game, at)).toContain("You still have it");
});

const ROLL = { dice: 5, spirit: 1, help: 2, misses: 0, needed: 8 };
const WON = { dice: [3, 2], roll: ROLL, moved_up: true, stage: 1, misses: 0, shares: { 1: 7500, 3: 2500 } };

test.each([
  [BO, "investor", "Your help made it."],
  [MINA, "maker", "Their help made it."],
])("whose help made the dice is said to whoever gave it and to whoever got it: %i", (seat, role, told) => {
  const game = seated(seat, role);
  game.open("incubation", { venture: { 5: { shares: { 1: 7500, 3: 2500 } } } });
  const hours = { 9: { ...DEAL, hours: 4, delivered: 4 } };
  const module = { incubation: { help_hours: 3 } };
  game.open("market", { venture: { 5: WON }, module }, { deal: hours });
  const moment = game.story.waiting.value.find((each) => each.kind === "roll");
  if (moment?.kind !== "roll") throw new Error("no dice");
  render(<Helped moment={moment} />, { wrapper: inRoom(game.room) });
  expect(document.body.textContent).toContain(told);
});

test("a season that moved nothing says no nought, nor the place that it was", () => {
  const game = seated(MINA, "maker");
  const born = { born: true, tracks: [99, 99, 99], stage: 1 };
  const module = { incubation: { help_hours: 3 } };
  game.open("appraisal", { module, venture: { 5: born } });
  const standing = { 1: { seat: MINA, season: 1, score: 78, parts: { credits: 54, spirit: 24 } } };
  game.open("recap", { standing, score: { 1: { seat: MINA, standings: [78, 78] } } });
  expect(shown(game)).not.toMatch(/was \d|\+0|78 ?0/);
  expect(shown(game)).toMatch(/Next season:.*all it needs for its next dice. Each investor who brings 3 hours adds/);
});

test("in the last season no card speaks of a next one", () => {
  const operator = seated(OLGA, "operator");
  operator.change({ game: LAST });
  operator.open("appraisal");
  const spared = [{ text: "venture_spared", values: { venture: 5, space: OLGA } }];
  operator.open("recap", {}, {}, spared);
  const at = said(operator).indexOf("Your wild card saves Rice Robot.");
  expect(shown(operator, at)).toMatch(/Your wild card saves Rice Robot\.$/);
  const maker = seated(MINA, "maker");
  maker.change({ game: LAST });
  maker.open("appraisal");
  const lines = [{ text: "venture_closed", values: { venture: 5, space: 0, reason: "unsold" } }];
  const closed = { 5: { closed: "unsold" } };
  maker.open("recap", { venture: closed }, {}, lines);
  expect(said(maker)[0]).toContain("Rice Robot closes here");
  expect(shown(maker)).toContain("This was the last season: what you have counts now.");
});

test("whoever leads reads that a newcomer's shares come from its own", () => {
  const game = seated(MINA, "maker");
  const sheet = { 5: { cofounders: [JUN], shares: { 1: 8500, 2: 1500 } } };
  const lines = [{ text: "cofounder_joined", values: { maker: JUN, venture: 5, shares: 1500 } }];
  game.open("exchange", { venture: sheet }, {}, lines);
  expect(shown(game)).toMatch(/From your shares ?15%/);
});
