// What a seat has: its own pieces of the table.
import { expect, test } from "vitest";
import { dealsNow, holding, mine, openSheets, placeOf } from "../../src/store/own_seat";
import { roomOf } from "../rig/rooms";

const TABLE = {
  game: { season: 2 },
  seat: { 1: { id: 1, role: "maker" }, 2: { id: 2, role: "investor" }, 3: { id: 3, role: "operator" } },
  maker: { 1: { seat: 1, venture: 7, hours: 40 }, 4: { seat: 4, venture: 0 } },
  investor: { 2: { seat: 2, hours: 12 } },
  space: { 3: { id: 3 } },
  venture: { 7: { id: 7, lead: 1, space: 3, shares: { 1: 6000, 2: 4000 } } },
  account: { "maker:1": { name: "maker:1", balance: 25 }, "investor:2": { name: "investor:2", balance: 90 } },
  sheet: { 1: { id: 1, status: "open" }, 2: { id: 2, status: "declined" } },
  deal: {
    1: { id: 1, season: 2, maker: 1, investor: 2 },
    2: { id: 2, season: 1, maker: 1, investor: 2 },
    3: { id: 3, season: 2, maker: 4, investor: 5 },
  },
};

test.each([
  [1, "maker", { credits: 25, hours: 40, venture: 7, space: undefined }],
  [2, "investor", { credits: 90, hours: 12, venture: undefined, space: undefined }],
  [3, "operator", { credits: 0, hours: undefined, venture: undefined, space: 3 }],
])("seat %i has what a %s has", (seat, role, has) => {
  const own = mine(roomOf(TABLE, {}, { kind: "seat", seat, role }));
  const { credits, hours, venture, space } = own;
  expect([own.seat, own.role]).toEqual([seat, role]);
  expect({ credits, hours, venture: venture?.id, space: space?.id }).toEqual(has);
});

test("a venture that has closed is nobody's any more", () => {
  const closed = { ...TABLE, venture: { 7: { ...TABLE.venture[7], closed: "insolvent" } } };
  expect(mine(roomOf(closed, {}, { kind: "seat", seat: 1, role: "maker" })).venture).toBeUndefined();
});

test("deals are those of this season in which the seat is a side", () => {
  const ids = (seat: number): number[] =>
    dealsNow(roomOf(TABLE, {}, { kind: "seat", seat, role: "maker" })).map(({ id }) => id);
  expect([ids(1), ids(2), ids(4), ids(9)]).toEqual([[1], [1], [3], []]);
});

test("sheets that are answered are open no more, and who has no share holds none", () => {
  const room = roomOf(TABLE);
  expect(openSheets(room).map(({ id }) => id)).toEqual([1]);
  const venture = room.view.find("venture", 7);
  expect(venture && [1, 2, 9].map((seat) => holding(venture, seat))).toEqual([6000, 4000, 0]);
});

test("a maker sits where the venture works, without one in the garage", () => {
  const room = roomOf(TABLE);
  expect([placeOf(room, 1), placeOf(room, 4), placeOf(room, 9)]).toEqual([3, 0, 0]);
});
