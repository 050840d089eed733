import { expect, test } from "vitest";
import { displayWidth, fitted, linesOf } from "../../../src/parts/pictures/text_width";
import { type House, STREET, type Street, streetOf } from "../../../src/wall/street/places";
import { type Box, NAME_PAD, type Spot } from "../../../src/wall/street/seats";
import type { Figure, Place, Town } from "../../../src/wall/street/town";

const LONGEST = "Wilhelmina-Charlotte van der Woodenhouse";

function figure(seat: number, role: "maker" | "investor", name = `Seat ${seat}`): Figure {
  const made =
    role === "maker" ? { id: seat, name: "Fridge Emergency Room", sector: "food", stage: 1, born: true } : undefined;
  return { seat, role, name, face: 1, symbol: role, made };
}

interface Size {
  makers: number;
  investors: number;
  spaces: number;
  name?: string;
  free?: number;
}

/** A town in which two of the makers work in the garage, and the others where there is room. */
function town({ makers, investors, spaces, name, free = 1 }: Size): Town {
  const all = Array.from({ length: makers + investors }, (_, index) =>
    figure(index + 1, index < makers ? "maker" : "investor", name),
  );
  const place = (space: number): Place => {
    const isIn = ({ seat }: Figure): boolean => (seat <= 2 ? 0 : 1 + (seat % spaces)) === space;
    const [here, funders] = [all.slice(0, makers).filter(isIn), all.slice(makers).filter(isIn)];
    const operator = space ? figure(1000 + space, "maker") : undefined;
    return {
      space,
      name: "A house",
      operator,
      makers: here,
      investors: funders,
      desks: space ? here.length + free : 0,
    };
  };
  const places = [...Array.from({ length: spaces }, (_, index) => place(index + 1)), place(0)];
  return { places, bonds: [], people: all.length };
}

const SIZES = [
  { makers: 3, investors: 2, spaces: 1 },
  { makers: 5, investors: 2, spaces: 1 },
  { makers: 7, investors: 4, spaces: 1 },
  { makers: 18, investors: 9, spaces: 3 },
  { makers: 22, investors: 11, spaces: 3 },
  { makers: 36, investors: 19, spaces: 5 },
] as const;

const bodyOf = ({ x, y, face, front }: Spot): Box => ({
  x: Math.min(x, front.x),
  y,
  width: Math.max(face, front.width),
  height: front.y + front.height - y,
});

function isApart(one: Box, other: Box): boolean {
  const [across, down] = [
    Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width),
    Math.max(one.y, other.y) - Math.min(one.y + one.height, other.y + other.height),
  ];
  return across > -1 || down > -1;
}

function isWithin(inner: Box, { x, y, width, height }: Box): boolean {
  return (
    inner.x >= x - 1 && inner.x + inner.width <= x + width + 1 && inner.y >= y && inner.y + inner.height <= y + height
  );
}

function houseOf({ houses }: Street, seat: number): House {
  const found = houses.find(({ place }) => [...place.makers, ...place.investors].some((each) => each.seat === seat));
  if (!found) throw new Error(`seat ${seat} is in no house`);
  return found;
}

test.each(SIZES.flatMap((size) => [size, { ...size, name: LONGEST }]))(
  "everybody sits in the own house and nobody on another: %o",
  (size) => {
    const street = streetOf(town(size));
    const people = [...street.people];
    expect(people).toHaveLength(size.makers + size.investors);
    const bodies = people.map(([, spot]) => bodyOf(spot));
    for (const [index, [seat, spot]] of people.entries()) {
      const body = bodies[index] as Box;
      expect(isWithin(body, houseOf(street, seat))).toBe(true);
      if (spot.part && spot.text)
        expect(isWithin(spot.part, { ...spot.front, y: body.y - 20, height: 1e3 })).toBe(true);
      expect(bodies.filter((other) => other !== body && !isApart(body, other))).toEqual([]);
    }
    expect(street.houses.every((house) => house.x >= 0 && house.x + house.width <= STREET.width)).toBe(true);
  },
);

test("before the doors open for the first time everybody has a place in the garage", () => {
  const all = town({ makers: 36, investors: 19, spaces: 5 });
  const everybody = {
    makers: all.places.flatMap((each) => each.makers),
    investors: all.places.flatMap((each) => each.investors),
  };
  const places = all.places.map((each) => ({ ...each, ...(each.space ? { makers: [], investors: [] } : everybody) }));
  const street = streetOf({ ...all, places });
  const garage = street.houses.at(-1) as House;
  expect(street.people.size).toBe(55);
  expect([...street.people.values()].every((spot) => isWithin(bodyOf(spot), garage))).toBe(true);
  expect(Math.min(...[...street.people.values()].map(({ face }) => face))).toBeGreaterThanOrEqual(60);
});

test("faces are as large as the back row needs them: with names up to thirty seats, without at sixty", () => {
  const first = (size: Size): Spot => [...streetOf(town(size)).people.values()][0] as Spot;
  const [few, class30, class60] = [SIZES[1], SIZES[3], SIZES[5]].map(first);
  expect(few?.withVenture).toBe(true);
  expect(few?.face).toBeGreaterThan(100);
  expect(class30?.face).toBeGreaterThanOrEqual(80);
  expect(class30?.text).toBeGreaterThanOrEqual(28);
  expect(class60?.face).toBeGreaterThanOrEqual(64);
  expect(class60?.text).toBeUndefined();
});

test("who does not move stays where the face was, whoever moves in another house", () => {
  const before = town(SIZES[3]);
  const [one, two, ...rest] = before.places as [Place, Place, ...Place[]];
  const after = { ...before, places: [one, { ...two, makers: two.makers.slice(1) }, ...rest] };
  const [old, now] = [streetOf(before), streetOf(after)];
  for (const { seat } of [...one.makers, ...one.investors, ...rest.flatMap((each) => each.makers)]) {
    expect(now.people.get(seat)).toEqual(old.people.get(seat));
  }
});

test("a name that is too long for its share has some of what its neighbours do not need", () => {
  const all = town(SIZES[3]);
  const [house, ...rest] = all.places as [Place, ...Place[]];
  const investors = house.investors.map((each, index) => ({ ...each, name: index ? "Bo" : "Maximilian" }));
  const { people } = streetOf({ ...all, places: [{ ...house, investors }, ...rest] });
  const [long = 0, short = 0] = investors.map(({ seat }) => people.get(seat)?.front.width);
  expect(long).toBeGreaterThan(short);
  expect(fitted("Maximilian", 28, long - NAME_PAD + 8).text).toBe("Maximilian");
});

test.each([
  ["Maker 18", "Investor 21"],
  ["Ana", "Ben Winters"],
  ["创客 12", "投资人 12"],
])("at thirty seats nobody's name is cut: %s and %s", (maker, investor) => {
  const all = town({ makers: 18, investors: 9, spaces: 3, name: maker });
  const named = (people: readonly Figure[]): Figure[] => people.map((each) => ({ ...each, name: investor }));
  const places = all.places.map((place) => ({ ...place, investors: named(place.investors) }));
  const { people } = streetOf({ ...all, places });
  for (const [seat, { front, nameLines }] of people) {
    const name = places.some(({ investors }) => investors.some((each) => each.seat === seat)) ? investor : maker;
    const room = front.width - NAME_PAD + 8;
    const lines = nameLines > 1 && displayWidth(name, 28) > room ? linesOf(name) : [name];
    expect(lines.map((line) => fitted(line, 28, room).text)).toEqual(lines);
  }
});

/** Whose names are cut on their fronts. */
function cutIn({ places }: Town, { people }: Street): string[] {
  return places.flatMap(({ makers, investors }) =>
    [...makers, ...investors]
      .filter(({ seat, name }) => {
        const { front, nameLines } = people.get(seat) as Spot;
        const room = front.width - NAME_PAD + 8;
        const lines = nameLines > 1 && displayWidth(name, 28) > room ? linesOf(name) : [name];
        return lines.some((line) => fitted(line, 28, room).text !== line);
      })
      .map(({ name }) => name),
  );
}

test.each(["Maximiliane-Charlotte von Hohenstein", "Donaudampfschifffahrtsgesellschaft"])(
  "one name that no house has room for cuts nobody else's: %s",
  (name) => {
    const all = town({ makers: 18, investors: 9, spaces: 3, name: "Maker 18" });
    const places = all.places.map((place, house) => ({
      ...place,
      makers: place.makers.map((each, at) => (house === 0 && at === 0 ? { ...each, name } : each)),
      investors: place.investors.map((each) => ({ ...each, name: "Investor 21" })),
    }));
    const odd = { ...all, places };
    expect(cutIn(odd, streetOf(odd))).toEqual([name]);
  },
);

test("a large room is only counted", () => {
  const { counted, people, houses } = streetOf(town({ makers: 60, investors: 20, spaces: 4 }));
  expect([counted, people.size, houses.length]).toEqual([true, 0, 5]);
});

test.each(SIZES.flatMap((size) => [1, 2, 3, 8].map((free) => ({ ...size, free }))))(
  "of the free desks all are drawn or none, and no two over each other: %o",
  (size) => {
    const { houses, people } = streetOf(town(size));
    for (const house of houses.filter(({ place }) => place.space)) {
      expect([0, size.free]).toContain(house.free.length);
      const here = house.place.makers.map(({ seat }) => people.get(seat) as Spot);
      const fronts = [...here, ...house.free].map(({ front }) => front);
      for (const [at, one] of fronts.entries()) {
        expect(isWithin(one, house)).toBe(true);
        expect(fronts.slice(at + 1).every((other) => isApart(one, other))).toBe(true);
      }
    }
  },
);

test.each([
  [SIZES[0], 3],
  [SIZES[1], 2],
  [SIZES[5], 1],
] as const)("in %o all free desks are drawn: %i in each house", (size, free) => {
  const { houses } = streetOf(town({ ...size, free }));
  expect(houses.filter(({ place }) => place.space).map((house) => house.free.length)).toEqual(
    Array.from({ length: size.spaces }, () => free),
  );
});

test.each([
  [{ makers: 6, investors: 4, spaces: 2, name: "Maker 10" }, 2],
  [{ makers: 6, investors: 4, spaces: 2, name: "Christopher" }, 2],
  [{ makers: 6, investors: 2, spaces: 1, name: "Maker 10" }, 3],
])("free desks are narrow where they have no room otherwise, and no name is cut for them: %o", (size, free) => {
  const all = town({ ...size, free });
  const street = streetOf(all);
  const houses = street.houses.filter(({ place }) => place.space);
  expect(houses.map((house) => house.free.length)).toEqual(houses.map(() => free));
  const named = houses.flatMap(({ place }) =>
    place.makers.map(({ seat }) => street.people.get(seat)?.front.width ?? 0),
  );
  const widest = Math.max(...houses.flatMap((house) => house.free.map(({ front }) => front.width)));
  expect(widest).toBeLessThan(Math.min(...named));
  expect(cutIn(all, street)).toEqual([]);
  expect(Math.min(...[...street.people.values()].map(({ face }) => face))).toBeGreaterThan(90);
});

test("in houses that nobody has come into all desks are drawn", () => {
  const all = town({ ...SIZES[3], free: 0 });
  const makers = all.places.flatMap((each) => each.makers);
  const investors = all.places.flatMap((each) => each.investors);
  const places = all.places.map((each) => ({
    ...each,
    ...(each.space ? { makers: [], investors: [], desks: 4 } : { makers, investors }),
  }));
  const { houses } = streetOf({ ...all, places });
  expect(houses.map(({ free }) => free.length)).toEqual([4, 4, 4, 0]);
});

test.each([1, 2, 3, 5])("an empty garage leaves its room to the houses: %i of them", (spaces) => {
  const { places, ...rest } = town({ makers: 14, investors: 7, spaces });
  const away = (place: Place): Place => ({ ...place, makers: [], investors: [] });
  const { houses } = streetOf({ ...rest, places: places.map((place) => (place.space ? place : away(place))) });
  const [garage, ...others] = houses.map(({ width }) => width).reverse();
  expect(garage).toBeLessThanOrEqual(280);
  expect(others.every((width) => width === others[0] && width >= (garage ?? 0))).toBe(true);
  expect(Math.max(...houses.map(({ x, width }) => x + width))).toBeLessThanOrEqual(STREET.width);
});
