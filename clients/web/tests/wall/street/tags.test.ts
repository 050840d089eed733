// Which ties stand out where there are many, and who is named at their ends.
import { expect, test } from "vitest";
import { endsOf, heaviest } from "../../../src/wall/street/heaviest";
import { type House, STREET, streetOf } from "../../../src/wall/street/places";
import type { Box, Spot } from "../../../src/wall/street/seats";
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
    name: `Ada ${seat}`,
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
  const tags = twoTags(["Wilhelmina 6", "Wilhelmina 12"], 120);
  expect(tags.map(({ seat }) => seat)).toEqual([6, 12]); // every end has one
  const [one, other] = tags.map(({ x, width }) => x + width);
  expect([one, (other ?? 0) > 348]).toEqual([220, true]);
});

/** The tags of two that are tied, beside each other at desks without names of a width. */
function twoTags(names: readonly string[], width: number, walls = { x: 0, width: 800 }) {
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
  const houses = street.houses.map((house) => ({ ...house, ...walls }));
  return tagsOf({ ...street, houses, people }, named);
}

test("a tag is wider than its desk where a name is whole with it, in two lines if need be, over no other tag", () => {
  expect(twoTags(["Anna-Lena", "Bo"], 128).map(({ lines }) => lines)).toEqual([["Anna-Lena"], ["Bo"]]);
  expect(twoTags(["Anna-Lena", "Bo"], 128)[0]?.width).toBeGreaterThan(136);
  expect(twoTags(["Bo", "Wilhelmina van der Burgh"], 128)[1]?.lines).toEqual(["Wilhelmina", "van der Burgh"]);
  const [one, other] = twoTags(["Christopher", "Maximilian"], 112);
  expect((one?.x ?? 0) + (one?.width ?? 0)).toBeLessThan(other?.x ?? 0);
});

const NAMES = ["Bartholomew Bartholomew", "Li", "Maximiliane von Hohenstein", "Anna-Lena", "Agnes", "Constantin", "Bo"];

/** Sixty makers of all sorts of names, so many of them in the garage. */
function crowdOf(garage: number, names: readonly string[]): Town {
  const town = townOf(60, hubTies(60));
  const makers = town.places
    .flatMap((place) => place.makers)
    .map((maker) => ({ ...maker, name: names[maker.seat % names.length] ?? "" }));
  const placeOf = (at: number): number => (at < garage ? 0 : 1 + (at % 5));
  const places = town.places.map((place) => ({
    ...place,
    makers: makers.filter((_, at) => placeOf(at) === place.space),
    desks: place.space ? 13 : 0,
  }));
  return { ...town, places };
}

const overlap = (one: Box, other: Box): boolean =>
  Math.min(one.x + one.width, other.x + other.width) > Math.max(one.x, other.x) &&
  Math.min(one.y + one.height, other.y + other.height) > Math.max(one.y, other.y);

const CROWDS = [0, 8, 16].flatMap((garage) => [STREET.height, STREET.low].map((height) => [garage, height] as const));

test.each(CROWDS)("no tag covers another's face or leaves its floor: %i in the garage, %i high", (garage, height) => {
  const town = crowdOf(garage, NAMES);
  const street = streetOf(town, height);
  const tags = tagsOf(street, town);
  expect(tags.length).toBeGreaterThan(4);
  for (const tag of tags) {
    const house = street.houses.find(({ place }) => place.makers.some(({ seat }) => seat === tag.seat)) as House;
    expect(tag.y + tag.height).toBeLessThan(house.y + house.floor);
    const others = house.place.makers.filter(({ seat }) => seat !== tag.seat);
    const faces = others.map(({ seat }) => street.people.get(seat) as Spot);
    const seen = faces.map(({ x, y, face, front }) => ({ x, y, width: face, height: front.y - 4 - y }));
    expect(seen.filter((face) => overlap(tag, face))).toEqual([]);
    const own = (street.people.get(tag.seat) as Spot).front;
    const around = [...faces, ...house.free].map(({ front }) => front).filter((front) => overlap(tag, front));
    expect(around.length === 0 || tag.width <= own.width + 40).toBe(true); // over an edge at most
  }
});

test("a tag has more of a name than one letter, or is none", () => {
  const narrow = { x: 92, width: 124 }; // with room for both desks alone
  expect(twoTags(["Wilhelmina", "Bo"], 50, narrow).map(({ lines }) => lines)).toEqual([["Bo"]]);
});
