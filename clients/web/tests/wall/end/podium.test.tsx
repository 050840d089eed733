import { expect, test } from "vitest";
import { ranksOf } from "../../../src/wall/end/podium";
import { meanIndex } from "../../../src/wall/end/together";
import { roomOf } from "../../rig/rooms";

const seat = (id: number, by: string) => ({ [id]: { id, role: "maker", by } });
const score = (id: number, final: number) => ({ [id]: { seat: id, final, standings: [final], parts: {} } });

test("three places of a role stand on the podium, and people before bots with the same points", () => {
  const room = roomOf({
    seat: { ...seat(1, "bot"), ...seat(2, "person"), ...seat(3, "bot"), ...seat(4, "person"), ...seat(5, "person") },
    score: { ...score(1, 90), ...score(2, 90), ...score(3, 80), ...score(4, 70), ...score(5, 10) },
  });
  expect(ranksOf(room, "maker")).toEqual([
    { place: 1, score: 90, seats: [2, 1] },
    { place: 3, score: 80, seats: [3] },
    { place: 4, score: 70, seats: [4] },
  ]);
  expect(ranksOf(room, "investor")).toEqual([]);
});

test("an index of the class is the mean of its spaces", () => {
  const figures = { 1: { season: 1, values: { vitality_4: 40, vitality_5: 51, community_4: 9 } } };
  const { view } = roomOf({ figures });
  expect([meanIndex(view, "vitality", 1), meanIndex(view, "vitality", 2)]).toEqual([46, undefined]);
});
