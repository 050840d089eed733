// The queue of moments: who is told what, once, in which order, and what a hurry or a way back makes of it.
import { afterEach, expect, test, vi } from "vitest";
import { sentenceOf } from "../../../src/seat/moments/cards/all";
import { OwnStory } from "../../../src/seat/moments/own_story";
import { local } from "../../../src/storage";
import { JUN, MINA, OLGA, type Played, sit } from "./played";

let played: Played | undefined;
afterEach(() => {
  played?.room.close();
  vi.useRealTimers();
});

const PITCH = {
  maker: MINA,
  space: OLGA,
  season: 1,
  venture: 5,
  score: 33,
  bar: 36,
  desks: 2,
  outcome: "below",
  ahead: [],
};

function mina(hand: object = {}): Played {
  played = sit(MINA, "maker", hand);
  return played;
}

function waiting({ story }: Played): string[] {
  return story.waiting.value.map((moment) => moment.kind);
}

test("the close of a phase tells what became of my own choice, with number and reason", () => {
  const game = mina();
  game.open("exchange", {}, { pitch: { 1: PITCH } });
  expect(waiting(game)).toEqual(["door"]);
  const [door] = game.story.waiting.value;
  expect(door && sentenceOf(game.room, door)).toBe(
    "North Hall: not yet. You scored 33, the bar was 36. 2 of 3 desks stayed free. " +
      "North Hall did not play its wild card.",
  );
});

test("a phase that brought me nothing brings no card", () => {
  const game = mina();
  game.open("exchange", { venture: { 6: { space: 0 } } });
  expect(waiting(game)).toEqual([]);
  expect(game.story.told.value).toEqual([]);
});

test("what was decided before I sat down is no news, and nothing is told twice", () => {
  const game = mina({ pitch: { 1: PITCH } });
  game.open("exchange");
  expect(waiting(game)).toEqual([]);
  game.open("matching", { maker: { 1: { skills: [2, 6, 4] } } });
  game.story.next();
  game.open("incubation");
  expect(waiting(game)).toEqual([]);
  expect(game.story.told.value.map((moment) => moment.kind)).toEqual(["learned"]);
});

test("the most important of them comes first, and three at most lie before the question", () => {
  const game = mina();
  const hand = { pitch: { 1: PITCH }, standing: { 1: { seat: MINA, season: 1, parts: { credits: 60 } } } };
  game.open("recap", { maker: { 1: { skills: [3, 7, 4] } }, score: { 1: { seat: MINA, standings: [60] } } }, hand);
  expect(waiting(game)).toEqual(["door", "season", "learned"]);
  expect(game.story.told.value).toHaveLength(5);
});

test("who goes on sees the next one, who skips finds all of them in the story", () => {
  const game = mina();
  game.open("matching", { maker: { 1: { skills: [3, 6, 4] } } }, { pitch: { 1: PITCH } });
  game.story.next();
  expect(waiting(game)).toEqual(["learned", "learned"]);
  game.story.skip();
  expect(waiting(game)).toEqual([]);
  expect(game.story.told.value).toHaveLength(3);
});

test("with less than a third of the clock left nothing lies in the way; the story has it", () => {
  const game = mina();
  game.open("exchange", {}, { pitch: { 1: PITCH } });
  expect(game.story.isHurried()).toBe(false);
  game.change({ clock: { deadline: 1_000_000 + 33_000 } });
  expect(game.story.isHurried()).toBe(true);
  expect(game.story.told.value).toHaveLength(1);
});

test("another phase takes away what nobody has looked at", () => {
  const game = mina();
  game.open("exchange", {}, { pitch: { 1: PITCH } });
  game.open("matching");
  expect(waiting(game)).toEqual([]);
});

test("a reload goes on where it was: what waits still waits, and what moved meanwhile is told", () => {
  const game = mina();
  game.open("exchange", {}, { pitch: { 1: PITCH } });
  const again = new OwnStory(game.room);
  again.watch();
  expect(again.waiting.value.map((moment) => moment.kind)).toEqual(["door"]);
  expect(again.told.value).toHaveLength(1);
});

test("going back to a phase's start takes back what came of it", () => {
  const game = mina();
  game.open("exchange", {}, { pitch: { 1: PITCH } });
  game.open("admission", {}, { pitch: null });
  expect(game.story.told.value).toEqual([]);
  game.open("exchange", {}, { pitch: { 1: { ...PITCH, score: 40, outcome: "given" } } });
  expect(waiting(game)).toEqual(["door"]);
  expect(game.story.told.value).toHaveLength(1);
});

test("another of the room's games begins an empty story, and its first door is the first", () => {
  const game = mina();
  const given = { ...PITCH, score: 40, outcome: "given" };
  game.open("exchange", {}, { pitch: { 1: given } });
  const dealtAnew = { run: { number: 2, first_season: 2 }, maker: { 1: { skills: [4, 7, 5] } } };
  game.open("admission", { game: { season: 2, phase: "admission", phase_number: 1 }, ...dealtAnew }, { pitch: null });
  expect([waiting(game), game.story.told.value]).toEqual([[], []]);
  game.open("exchange", {}, { pitch: { 1: { ...given, season: 2 } } });
  expect(game.story.told.value.map(({ kind, full }) => [kind, full])).toEqual([["door", true]]);
});

const LESSON = [{ text: "exchange_made", values: { maker: JUN, seat: MINA } }];

test("a lesson that going back has undone is not told again, but one that is given anew", () => {
  const game = mina();
  game.open("exchange");
  game.open("matching", {}, {}, LESSON);
  expect(waiting(game)).toEqual(["taught"]);
  game.rewind("exchange");
  expect([waiting(game), game.story.told.value]).toEqual([[], []]);
  game.open("matching");
  expect(waiting(game)).toEqual([]);
  game.rewind("exchange");
  game.open("matching", {}, {}, LESSON);
  expect(waiting(game)).toEqual(["taught"]);
});

const DEAL = { id: 9, season: 1, investor: 3, venture: 5, maker: MINA, credits: 60, hours: 0, shares: 2500, fee: 0 };

test("going back to the start of the open phase takes back what came in it, once", () => {
  const game = mina();
  game.open("matching");
  game.change({}, { deal: { 9: DEAL } });
  expect(waiting(game)).toEqual(["signed"]);
  game.rewind("matching", {}, { deal: null });
  expect([waiting(game), game.story.told.value]).toEqual([[], []]);
  game.change({}, { deal: { 9: { ...DEAL, shares: 2000 } } });
  expect(waiting(game)).toEqual(["signed"]);
  const again = new OwnStory(game.room); // the log still has the line
  again.watch();
  expect(again.told.value).toHaveLength(1);
});

/** Open the page of a game anew, on a thing that has kept nothing. */
function onAnother(game: Played): OwnStory {
  for (const name of local.names()) local.remove(name);
  const story = new OwnStory(game.room);
  story.watch();
  return story;
}

test("whoever opens the page amid a phase is told how it ends", () => {
  const game = mina();
  const module = { world: { need_prototype_technology: 10 } };
  game.open("incubation", { module });
  const maker = onAnother(game);
  game.open("market");
  expect(maker.waiting.value.map(({ kind }) => kind)).toEqual(["unrolled"]);
  played = sit(OLGA, "operator");
  played.open("appraisal");
  const operator = onAnother(played);
  played.open("recap");
  expect(operator.waiting.value.map(({ kind }) => kind)).toEqual(["space"]);
});

test("what touches somebody else never pushes mine away", () => {
  const game = mina();
  game.open("exchange", { maker: { 2: { skills: [9, 9, 9] } } }, { pitch: { 1: PITCH } }, [
    { text: "venture_admitted", values: { venture: 6, space: OLGA } },
    { text: "skill_learnt", values: { maker: JUN, skill: "business" } },
  ]);
  expect(waiting(game)).toEqual(["door"]);
});
