import { expect, test } from "vitest";
import { type Heard, heardIn, soundsOf } from "../../../src/wall/sound/use_sounds";
import { roomOf } from "../../rig/rooms";

const QUIET: Heard = { people: 3, deals: 0, seconds: undefined, podium: undefined, picture: undefined };

test("the wall sounds for what is more than before, and for nothing else", () => {
  expect(soundsOf(QUIET, QUIET)).toEqual([]);
  expect(soundsOf(QUIET, { ...QUIET, people: 2 })).toEqual([]);
  expect(soundsOf(QUIET, { ...QUIET, people: 4, deals: 2 })).toEqual(["join", "signed"]);
  expect(soundsOf({ ...QUIET, seconds: 9 }, { ...QUIET, seconds: 9 })).toEqual([]);
  expect(soundsOf({ ...QUIET, seconds: 9 }, { ...QUIET, seconds: 8 })).toEqual(["tick"]);
  expect(soundsOf(QUIET, { ...QUIET, podium: 0 })).toEqual(["podium"]);
  expect(soundsOf({ ...QUIET, picture: 0 }, { ...QUIET, picture: 1 })).toEqual(["picture"]);
});

test("deals are those of the season, people those who have come before the start", () => {
  const seat = { 1: { id: 1, role: "maker", taken: true, by: "person" }, 2: { id: 2, role: "maker" } };
  const deal = { 1: { id: 1, season: 1 }, 2: { id: 2, season: 2 } };
  expect(heardIn(roomOf({ game: { status: "running", season: 2 }, seat, deal }))).toMatchObject({
    people: 0,
    deals: 1,
  });
});

test("who is here has come once, whether a bot is put in for them or taken out again", () => {
  const heard = (more: object): Heard =>
    heardIn(roomOf({ game: { status: "lobby" }, seat: { 1: { id: 1, role: "maker", ...more } } }));
  expect(soundsOf(heard({ by: "bot", here: true }), heard({ by: "person" }))).toEqual([]);
});
