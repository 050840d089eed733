import { expect, test } from "vitest";
import { fitted } from "../../../src/parts/pictures/text_width";
import { type House, STREET, type Street, streetOf } from "../../../src/wall/street/places";
import { type Box, namesOn, type Spot } from "../../../src/wall/street/seats";
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
  const [long, short] = investors.map(({ seat }) => people.get(seat) as Spot);
  expect(long?.front.width).toBeGreaterThan(short?.front.width ?? 0);
  expect(isCut(long as Spot, "Maximilian")).toBe(false);
});

test.each([
  ["Maker 18", "Investor 21"],
  ["Ana", "Ben Winters"],
  ["创客 12", "投资人 12"],
])("at thirty seats nobody's name is cut: %s and %s", (maker, investor) => {
  const all = town({ makers: 18, investors: 9, spaces: 3, name: maker });
  const named = (people: readonly Figure[]): Figure[] => people.map((each) => ({ ...each, name: investor }));
  const places = all.places.map((place) => ({ ...place, investors: named(place.investors) }));
  expect(cutIn({ ...all, places }, streetOf({ ...all, places }))).toEqual([]);
});

function isCut(spot: Spot, name: string): boolean {
  return !spot.text || namesOn(spot, name).some((line) => fitted(line, 28, spot.room).text !== line);
}

/** Whose names are not whole on their fronts. */
function cutIn({ places }: Town, { people }: Street): string[] {
  return places.flatMap(({ makers, investors }) =>
    [...makers, ...investors].filter(({ seat, name }) => isCut(people.get(seat) as Spot, name)).map(({ name }) => name),
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
  [{ makers: 40, investors: 15, spaces: 5 }, 1],
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

const SHORT = ["Ana", "Ben", "Chloe", "Hugo", "Kofi", "Lena", "Marek", "Samir", "Zoe", "Bo", "Li", "Ines", "Tom"];
const LETTERS_9_TO_12 = [
  "Anna-Lena",
  "Maximilian",
  "Christopher",
  "Alexandra",
  "Friederike",
  "Hans-Joachim",
  "Elisabeth",
];
const LONG = [
  "Anna-Lena",
  "Maximilian",
  "Bartholomew Featherstone",
  "Alexandra",
  "Jo-Ann Smith-Feathers",
  "Friederike",
];
const HAN = [
  "王小明",
  "李娜",
  "欧阳娜娜",
  "阿卜杜拉·买买提",
  "张伟",
  "刘洋",
  "陈思远",
  "迪丽热巴·迪力木拉提",
  "赵敏",
  "孙悦",
];

/** A third of the names are of one list, spread over all houses, the others short. */
function thirdOf(names: readonly string[]): string[] {
  const isLong = (at: number): boolean => at % 3 === Math.floor(at / 3) % 3;
  return Array.from({ length: 63 }, (_, at) => {
    const list = isLong(at) ? names : SHORT;
    return list[Math.floor(isLong(at) ? at / 3 : at) % list.length] ?? "";
  });
}

/** A town whose people are called by a list, in the order of their seats. */
function called(size: Size, names: readonly string[]): Town {
  const all = town({ free: 0, ...size });
  const named = (people: readonly Figure[]): Figure[] =>
    people.map((each) => ({ ...each, name: names[each.seat % names.length] ?? "" }));
  const places = all.places.map((place) => ({
    ...place,
    makers: named(place.makers),
    investors: named(place.investors),
  }));
  return { ...all, places };
}

const OF_SIZE = {
  12: { makers: 7, investors: 3, spaces: 2 },
  18: { makers: 11, investors: 5, spaces: 2 },
  24: { makers: 14, investors: 7, spaces: 3 },
  30: { makers: 18, investors: 9, spaces: 3 },
} as const;

const makersOf = ({ places, ...rest }: Town): Town => ({
  ...rest,
  places: places.map((place) => ({ ...place, investors: [] })),
});

test.each([
  [12, "short", SHORT, []],
  [12, "long", thirdOf(LONG), []],
  [12, "Chinese", HAN, []],
  [18, "short", SHORT, []],
  [18, "long", thirdOf(LONG), []],
  [18, "Chinese", HAN, []],
  [24, "short", SHORT, []],
  [24, "long", thirdOf(LONG), []],
  [24, "Chinese", HAN, []],
  [30, "short", SHORT, []],
  [30, "of 9 to 12 letters", thirdOf(LETTERS_9_TO_12), []],
  [30, "long", thirdOf(LONG), []],
  [30, "Chinese", HAN, []],
] as const)("of %i people whose names are %s few are cut in the street", (people, _, names, cut) => {
  const all = called(OF_SIZE[people], names);
  expect(cutIn(all, streetOf(all))).toEqual(cut);
});

test.each([
  [12, "long", thirdOf(LONG), []],
  [18, "long", thirdOf(LONG), []],
  [24, "long", thirdOf(LONG), []],
  [24, "Chinese", HAN, []],
  [30, "short", SHORT, []],
  [30, "of 9 to 12 letters", thirdOf(LETTERS_9_TO_12), []],
  [30, "long", thirdOf(LONG), []],
  [30, "Chinese", HAN, []],
] as const)("of %i people whose names are %s every maker's is whole in the scene of ties", (people, _, names, cut) => {
  const all = called(OF_SIZE[people], names);
  expect(cutIn(makersOf(all), streetOf(all, STREET.low))).toEqual(cut);
});

test("of long names beside each other as few are cut as can be", () => {
  const all = called(OF_SIZE[30], ["Bo"]);
  const [house, ...rest] = all.places as [Place, ...Place[]];
  const names = ["Maximilian", "Christopher", "Bartholomew"];
  const investors = house.investors.map((each, at) => ({ ...each, name: names[at] ?? "" }));
  const odd = { ...all, places: [{ ...house, investors }, ...rest] };
  expect(cutIn(odd, streetOf(odd))).toEqual(["Bartholomew"]);
});

test("in a garage that is fuller than the houses faces are no larger", () => {
  const all = called({ makers: 25, investors: 13, spaces: 4 }, SHORT);
  const makers = all.places.flatMap((each) => each.makers);
  const places = all.places.map((place, at) => ({
    ...place,
    makers: makers.filter((_, index) => (index < 17 ? index % 4 : 4) === at),
  }));
  const { people, houses } = streetOf({ ...all, places }, STREET.low);
  const faces = houses.map(({ place }) => Math.max(...place.makers.map(({ seat }) => people.get(seat)?.face ?? 0)));
  expect(faces.at(-1)).toBeLessThanOrEqual(faces[0] ?? 0);
});

const ORDINARY = ["Ana", "Ben", "Chloe", "David", "Emil", "Fatima", "Giulia", "Hugo", "Ines", "Jonas", "Kofi", "Lena"];

test.each([2, 6])(
  "thirty with short names have them in two spaces, with %d in the garage: investors too",
  (inGarage) => {
    const named = (each: Figure): Figure => ({ ...each, name: ORDINARY[each.seat % ORDINARY.length] ?? "" });
    const makers = Array.from({ length: 18 }, (_, at) => named(figure(at + 1, "maker")));
    const investors = Array.from({ length: 10 }, (_, at) => named(figure(at + 19, "investor")));
    const place = (space: number): Place => {
      const here = makers.filter(({ seat }) => (seat <= inGarage ? 0 : 1 + (seat % 2)) === space);
      const funders = investors.filter(({ seat }) => 1 + (seat % 2) === space);
      const operator = space ? figure(1000 + space, "maker") : undefined;
      return { space, name: "A house", operator, makers: here, investors: funders, desks: space ? here.length + 1 : 0 };
    };
    const street = streetOf({ places: [place(1), place(2), place(0)], bonds: [], people: 28 });
    const cut = [...makers, ...investors].filter(({ seat, name }) => {
      const spot = street.people.get(seat) as Spot;
      return !spot.text || fitted(name, 28, spot.room).text !== name;
    });
    expect(cut.map(({ name }) => name)).toEqual([]);
  },
);
