// Who stands where: by the final score, and during play by the last standing.
import { expect, test } from "vitest";
import { placed } from "../../../src/parts/results/standings";
import { roomOf } from "../../rig/rooms";

const SEATS = Object.fromEntries([1, 2, 3, 4].map((id) => [id, { id, role: id === 4 ? "investor" : "maker" }]));

test("the best comes first, and who has as much shares a place", () => {
  const score = {
    1: { seat: 1, standings: [9, 5] },
    2: { seat: 2, standings: [2, 8] },
    3: { seat: 3, standings: [4, 5] },
    4: { seat: 4, standings: [99] },
  };
  const rows = placed(roomOf({ seat: SEATS, score }), "maker");
  expect(rows.map(({ seat, place, score: points }) => [seat, place, points])).toEqual([
    [2, 1, 8],
    [1, 2, 5],
    [3, 2, 5],
  ]);
});

test("at the end the server's places count, with how they compare, and who has no score yet has no place", () => {
  const score = { 1: { seat: 1, final: 70, place: 3, standings: [1] }, 2: { seat: 2, standings: [] } };
  const comparison = { 1: { seat: 1, better_than: 83 } };
  const room = roomOf({ seat: SEATS, score, comparison });
  expect(placed(room, "maker")).toEqual([{ seat: 1, place: 3, score: 70, betterThan: 83 }]);
});
