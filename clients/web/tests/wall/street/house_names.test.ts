// Whose names stand on desks and tables where houses are not alike full.
import { expect, test } from "vitest";
import { fitted } from "../../../src/parts/pictures/text_width";
import { STREET, type Street, streetOf } from "../../../src/wall/street/places";
import { namesOn, type Spot } from "../../../src/wall/street/seats";
import type { Figure, Place, Town } from "../../../src/wall/street/town";

interface Households {
  makers: readonly (readonly string[])[];
  investors: readonly (readonly string[])[];
  free?: number;
}

/** A town of houses with people of these names, and of a garage, the last of them. */
function housing({ makers, investors, free = 0 }: Households): Town {
  let seat = 0;
  const called = (role: "maker" | "investor", names: readonly string[]): Figure[] =>
    names.map((name) => {
      seat += 1;
      return { seat, role, name, face: 1, symbol: role, made: undefined };
    });
  const places = makers.map((names, at): Place => {
    const space = at < makers.length - 1 ? at + 1 : 0;
    const [here, funders] = [called("maker", names), called("investor", investors[at] ?? [])];
    const desks = space ? here.length + free : 0;
    return { space, name: "A house", operator: undefined, makers: here, investors: funders, desks };
  });
  return { places, bonds: [], people: seat };
}

/** The names that are not whole on their fronts, or on none. */
function cutIn(places: readonly Place[], { people }: Street, of: "makers" | "investors"): string[] {
  const isCut = ({ seat, name }: Figure): boolean => {
    const spot = people.get(seat) as Spot;
    return !spot.text || namesOn(spot, name).some((line) => fitted(line, 28, spot.room).text !== line);
  };
  return places.flatMap((place) => place[of].filter(isCut).map(({ name }) => name));
}

const MANY = ["Ana", "Ben", "Chloe", "Hugo", "Kofi", "Lena", "Marek", "Samir"];

test.each([STREET.height, STREET.low])(
  "a house with room has its names where the fullest has none: %i high",
  (height) => {
    const all = housing({
      makers: [MANY, ["Li", "Bo"], ["Zoe", "Tom"], ["Ines"], ["Anna-Lena", "Uma"], []],
      investors: [["Mina", "Olga", "Iva"], ["Elif"], [], ["Wei"], [], []],
      free: 2,
    });
    const street = streetOf(all, height);
    const named = street.houses.map(({ place }) =>
      place.makers.map(({ seat }) => Boolean(street.people.get(seat)?.text)),
    );
    expect(named[0]).toEqual(MANY.map(() => false));
    expect(named.slice(1).flat()).toEqual(Array(7).fill(true));
    expect(cutIn(all.places.slice(1), street, "makers")).toEqual([]);
    const faces = all.places.flatMap(({ makers }) => makers.map(({ seat }) => street.people.get(seat)?.face));
    expect(new Set(faces).size).toBe(1);
  },
);

test("thirty people in five houses have names on their desks, also where six are in one", () => {
  const all = housing({
    makers: [MANY.slice(0, 3), MANY.slice(0, 4), MANY.slice(0, 6), ["Li", "Bo"], ["Zoe", "Tom"], []],
    investors: [["Mina"], ["Olga", "Iva"], ["Elif", "Wei"], ["Jun"], ["Noor", "Vera"], []],
  });
  expect(cutIn(all.places, streetOf(all), "makers")).toEqual([]);
});

test("investors have names in houses with room also where faces are small for long names of makers", () => {
  const long = "Featherstone Quentin";
  const all = housing({
    makers: [["Li", long, "Ben"], ["Bo", "Zoe"], [long, "Kofi", "X", "Ana", "Tom", "Uma"], ["Hugo"], [long], []],
    investors: [["Elif"], ["Jun"], ["Mina", "Olga"], ["Wei"], ["Noor", "Vera"], []],
  });
  const street = streetOf(all);
  expect(Math.max(...[...street.people.values()].map(({ face }) => face))).toBeLessThan(60);
  expect(cutIn(all.places, street, "investors")).toEqual([]);
});

test("where one investor's name has no room in the scene of ties the others keep theirs", () => {
  const long = "Donaudampfschifffahrtskapitän";
  const all = housing({
    makers: [["Ana"], ["Ben"], ["Li"], ["Jean-Baptiste-Emmanuel Z"], ["Chloe"], []],
    investors: [[long], [], ["X"], [], ["Mina"], []],
    free: 1,
  });
  const street = streetOf(all, STREET.low);
  expect(cutIn(all.places, street, "investors")).toEqual([long]);
  expect(cutIn(all.places, street, "makers")).toEqual([]);
});

test("a house with four long names of makers has its investors' names in the scene of ties too", () => {
  const all = housing({
    makers: [["Wilhelmina van der Burgh", "Bartholomew Ray", "Constantin Alex", "Jo-Ann Smith"], ["Li"], ["Bo"], []],
    investors: [["Mina", "Olga", "Iva"], ["Elif"], ["Wei"], []],
  });
  const street = streetOf(all, STREET.low);
  expect(cutIn(all.places, street, "makers")).toEqual([]);
  expect(cutIn(all.places, street, "investors")).toEqual([]);
});

test("names come before free desks, whose number is on the sign", () => {
  const all = housing({
    makers: [MANY, ["Zoe", "Tom", "Ines", "Li", "Uma", "Bo"], ["Wei"], ["Vera"], ["Noor"], []],
    investors: [["Mina", "Olga", "Iva"], ["Elif", "Pavel"], [], [], [], []],
    free: 1,
  });
  const street = streetOf(all);
  expect(cutIn(all.places.slice(1), street, "makers")).toEqual([]);
  expect(street.houses.map(({ free }) => free.length)).toEqual([1, 0, 1, 1, 1, 0]);
});

const MIXED = [
  ..."Ana,Ben,李娜,Sophie Lindqvist,Maximiliane Hohenlohe-Lang,王小明,Oskar,Priya Raman,Giulia Ferrari,Tom".split(","),
  ..."Fatima Al-Sayed,陈思远,Jonas Becker,Chloe,Bartholomew Featherstones,Noor,欧阳建国,Hugo Martin,Wei".split(","),
  ..."Lena Vogel,David,Kofi Mensah,Zoe,张伟,Ines Carvalho,Marek,Nadia Petrova,Umar,刘洋".split(","),
];

const NOBODY: readonly string[] = [];

test.each([
  [24, 2, 15, 7, true],
  [30, 1, 20, 9, true],
  [30, 2, 19, 9, false],
  [30, 3, 18, 9, false],
])("before the doors open no maker's name of %i is cut, with %i spaces", (_seats, spaces, makers, investors, isAll) => {
  const empty = Array.from({ length: spaces }, () => NOBODY);
  const all = housing({
    makers: [...empty, MIXED.slice(0, makers)],
    investors: [...empty, MIXED.slice(makers, makers + investors)],
    free: Math.ceil(makers / spaces),
  });
  const street = streetOf(all);
  expect(cutIn(all.places, street, "makers")).toEqual([]);
  expect(cutIn(all.places, street, "investors")).toHaveLength(isAll ? 0 : investors);
  expect(Math.min(...[...street.people.values()].map(({ face }) => face))).toBeGreaterThan(40);
});

test("seven in the garage have their names whole, since one with a long name sits beside short ones", () => {
  const all = housing({
    makers: [
      ["Sophie Lindqvist", "陈思远", "Jonas Becker", "Noor"],
      ["李娜", "王小明", "Priya Raman", "Hugo Martin"],
      ["Giulia Ferrari", "Tom", "Fatima Al-Sayed"],
      ["Ana", "Ben", "Maximiliane Hohenlohe-Lang", "Oskar", "Chloe", "Bartholomew Featherstones", "欧阳建国"],
    ],
    investors: [["David", "Zoe", "Ines Carvalho"], ["Lena Vogel", "Kofi Mensah"], ["Wei", "张伟", "Marek"], []],
    free: 1,
  });
  expect(cutIn(all.places, streetOf(all), "makers")).toEqual([]);
});

test("of forty in two houses no maker's name is cut for which smaller faces leave room", () => {
  const investors = Array.from({ length: 6 }, () => "Anouk");
  const [north, south] = [
    "Ana,李娜,Sophie Lindqvist,Oskar,Giulia Ferrari,Fatima Al-Sayed,陈思远,Jonas Becker,Noor,Lena Vogel,Zoe".split(","),
    "王小明,Priya Raman,Tom,Chloe,Hugo Martin,Wei,David,Kofi Mensah,张伟,Ines Carvalho,Marek".split(","),
  ];
  const all = housing({
    makers: [north, south, ["Ben", "Maximiliane Hohenlohe-Lang", "Bartholomew Featherstones", "欧阳建国"]],
    investors: [investors, investors, []],
  });
  expect(cutIn(all.places, streetOf(all), "makers")).toEqual([]);
});
