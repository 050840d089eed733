// What the street shows, read off the table.
import { expect, test } from "vitest";
import { freeDesks, townOf } from "../../../src/wall/street/town";
import { roomOf } from "../../rig/rooms";

const TABLE = {
  game: { season: 2 },
  seat: Object.fromEntries([1, 2, 3, 4, 5, 6].map((id) => [id, { id, role: "maker", name: `Seat ${id}` }])),
  maker: {
    1: { seat: 1, venture: 7, ties: [4] },
    2: { seat: 2, venture: 0 },
    3: { seat: 3, venture: 8 },
  },
  investor: { 4: { seat: 4, type: "angel", badges: [6] }, 5: { seat: 5, type: "fund", badges: [] } },
  space: { 6: { id: 6, stations: 3 } },
  venture: {
    7: { id: 7, lead: 1, space: 6, sector: "food", stage: 2, born: true },
    8: { id: 8, lead: 3, space: 6, closed: "unsold", closed_season: 2 },
  },
  deal: {
    1: { id: 1, season: 2, maker: 1, investor: 4 },
    2: { id: 2, season: 2, maker: 1, investor: 4 },
    3: { id: 3, season: 1, maker: 3, investor: 5 },
  },
};

test("everybody is in the house that is theirs, and the garage comes last", () => {
  const { places, people } = townOf(roomOf(TABLE));
  expect(
    places.map(({ space, makers, investors }) => [
      space,
      makers.map(({ seat }) => seat),
      investors.map(({ seat }) => seat),
    ]),
  ).toEqual([
    [6, [1, 3], [4]],
    [0, [2], [5]],
  ]);
  expect(people).toBe(5);
  expect(places[0]?.operator).toMatchObject({ seat: 6, name: "Seat 6" });
  expect(places[0]?.investors[0]).toMatchObject({ name: "Seat 4", symbol: "angel", role: "investor" });
});

test("on a desk stands what its maker leads and what has not closed", () => {
  const [place] = townOf(roomOf(TABLE)).places;
  expect(place?.makers.map(({ made }) => made?.id)).toEqual([7, undefined]);
  expect(place?.makers[0]?.made).toMatchObject({ sector: "food", stage: 2, born: true });
});

test("desks are free as long as makers are fewer, and the garage has none to give", () => {
  const { places } = townOf(roomOf({ ...TABLE, maker: { 1: { seat: 1, venture: 7, ties: [] } } }));
  expect(places.map(freeDesks)).toEqual([2, 0]);
});

test("a tie is drawn once, from the lower seat to the higher, and is fresh unless it was there before", () => {
  const tied = { 1: { seat: 1, venture: 7, ties: [2, 4] }, 2: { seat: 2, venture: 0, ties: [1] } };
  const past = { 1: { season: 1, ties: { "1:4": 1 } }, 2: { season: 2, ties: { "1:2": 1 } } };
  const { bonds } = townOf(roomOf({ ...TABLE, maker: tied, past, deal: {} }));
  expect(bonds).toEqual([
    { sort: "tie", one: 1, other: 2, fresh: true },
    { sort: "tie", one: 1, other: 4, fresh: false },
  ]);
});

test("two who have several deals this season have one thread", () => {
  const { bonds } = townOf(roomOf({ ...TABLE, maker: {} }));
  expect(bonds).toEqual([{ sort: "deal", one: 1, other: 4, fresh: true }]);
});
