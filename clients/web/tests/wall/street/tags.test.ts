// Which ties stand out where there are many, and who is named at their ends.
import { expect, test } from "vitest";
import { endsOf, heaviest } from "../../../src/wall/street/heaviest";
import { streetOf } from "../../../src/wall/street/places";
import type { Spot } from "../../../src/wall/street/seats";
import { tagsOf } from "../../../src/wall/street/tags";
import type { Bond, Figure, Place, Town } from "../../../src/wall/street/town";

const tie = (one: number, other: number): Bond => ({ sort: "tie", one, other, fresh: true });

/** Seat 1 is tied to everybody, seat 2 to everybody but the last, and the others in pairs. */
function hubTies(makers: number): Bond[] {
  const others = Array.from({ length: makers - 2 }, (_, index) => index + 3);
  return [
    ...others.filter((seat) => seat % 2 && seat < makers).map((seat) => tie(seat, seat + 1)),
    ...others.slice(0, -1).map((seat) => tie(2, seat)),
    ...[2, ...others].map((seat) => tie(1, seat)),
  ];
}

function townOf(makers: number, ties: readonly Bond[]): Town {
  const maker = (seat: number): Figure => ({
    seat,
    role: "maker",
    name: `Wilhelmina ${seat}`,
    face: 1,
    symbol: "maker",
    made: undefined,
  });
  const all = Array.from({ length: makers }, (_, index) => maker(index + 1));
  const place = (space: number): Place => ({
    space,
    name: "A house",
    operator: undefined,
    makers: all.filter(({ seat }) => seat % 6 === space),
    investors: [],
    desks: 12,
  });
  return { places: [1, 2, 3, 4, 5, 0].map(place), bonds: ties, people: makers };
}

test("of few ties all are strong, and of many those between the makers who have most of them", () => {
  expect(heaviest(hubTies(6))).toHaveLength(hubTies(6).length);
  const ties = hubTies(36);
  const strong = heaviest(ties);
  expect(strong.length).toBeLessThan(10);
  expect(strong[0]).toEqual(tie(1, 2));
  expect(strong.every(({ one }) => one <= 2)).toBe(true);
  expect(endsOf(strong, ties).slice(0, 2)).toEqual([1, 2]);
});

test("who has most ties is named where desks have no names, in the own house and over no other name", () => {
  const town = townOf(60, hubTies(60));
  const street = streetOf(town);
  const tags = tagsOf(street, town);
  expect(tags.map(({ seat }) => seat).slice(0, 2)).toEqual([1, 2]);
  for (const [at, tag] of tags.entries()) {
    const house = street.houses.find(({ place }) => place.makers.some(({ seat }) => seat === tag.seat));
    expect(tag.x).toBeGreaterThanOrEqual(house?.x ?? Number.POSITIVE_INFINITY);
    expect(tag.x + tag.width).toBeLessThanOrEqual((house?.x ?? 0) + (house?.width ?? 0));
    for (const other of tags.slice(at + 1)) {
      const [across, down] = [Math.abs(tag.x - other.x), Math.abs(tag.y - other.y)];
      expect(across >= Math.min(tag.width, other.width) || down >= tag.height).toBe(true);
    }
  }
});

test("where desks have names, nobody is named twice", () => {
  const town = townOf(6, hubTies(6));
  const street = streetOf(town);
  expect([...street.people.values()].every(({ text }) => text)).toBe(true);
  expect(tagsOf(street, town)).toEqual([]);
});

test("where desks have the width for a name a tag keeps to its desk unless nobody's is beside it", () => {
  const town = townOf(13, [tie(6, 12)]); // side by side in the garage
  const street = streetOf(town);
  const people = new Map(
    [6, 12].map((seat, at): [number, Spot] => {
      const spot = street.people.get(seat) as Spot;
      return [seat, { ...spot, text: undefined, front: { ...spot.front, x: 40 + 128 * at, y: 0, width: 120 } }];
    }),
  );
  const houses = street.houses.map((house) => ({ ...house, x: 0, width: 800 }));
  const tags = tagsOf({ ...street, houses, people }, town);
  expect(tags.map(({ seat }) => seat)).toEqual([6, 12]); // every end has one
  const [one, other] = tags.map(({ x, width }) => x + width);
  expect([one, (other ?? 0) > 288]).toEqual([160, true]);
});

/** The tags of two that are tied, beside each other at desks without names of a width. */
function twoTags(names: readonly string[], width: number) {
  const town = townOf(13, [tie(6, 12)]);
  const places = town.places.map((place) => ({
    ...place,
    makers: place.makers.map((maker) => ({ ...maker, name: names[[6, 12].indexOf(maker.seat)] ?? maker.name })),
  }));
  const named = { ...town, places };
  const street = streetOf(named);
  const people = new Map(
    [6, 12].map((seat, at): [number, Spot] => {
      const spot = street.people.get(seat) as Spot;
      return [seat, { ...spot, text: undefined, front: { ...spot.front, x: 100 + (width + 8) * at, y: 0, width } }];
    }),
  );
  const houses = street.houses.map((house) => ({ ...house, x: 0, width: 800 }));
  return tagsOf({ ...street, houses, people }, named);
}

test("a tag is wider than its desk where a name is whole with it, in two lines if need be, over no other tag", () => {
  expect(twoTags(["Anna-Lena", "Bo"], 128).map(({ lines }) => lines)).toEqual([["Anna-Lena"], ["Bo"]]);
  expect(twoTags(["Anna-Lena", "Bo"], 128)[0]?.width).toBeGreaterThan(136);
  expect(twoTags(["Bo", "Wilhelmina van der Burgh"], 128)[1]?.lines).toEqual(["Wilhelmina", "van der Burgh"]);
  const [one, other] = twoTags(["Christopher", "Maximilian"], 112);
  expect((one?.x ?? 0) + (one?.width ?? 0)).toBeLessThan(other?.x ?? 0);
});
