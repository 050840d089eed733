// Where everything in the street stands, in units of which 1920 are the width of the wall. Houses side by side, in each
// the makers row by row in the order of their seats, the investors below them: worked out and never found by forces, so
// that nobody moves who has not moved. Faces are as large as the fullest house allows, and alike in all of them.
import { EAVES, ROOF } from "../../parts/pictures/things/house";
import { type Figure, GARAGE, type Place, type Town } from "./town";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where somebody is: the upper left corner of the face, and the front below it. */
export interface Spot {
  x: number;
  y: number;
  face: number;
  front: Box;
  /** The size of the name on the front, or undefined where the front is too small for one. */
  text: number | undefined;
  /** Where the part stands that is made there: beside the face, or on the front. */
  part: Box | undefined;
  /** Whether there is room below the name for what is made there. */
  withVenture: boolean;
}

export interface House extends Box {
  place: Place;
  /** Which of the roofs it has; the garage has its own. */
  roof: number | undefined;
  /** Where makers end and investors begin, from the upper edge of the house. */
  floor: number;
  /** Where desks are free. */
  free: readonly Spot[];
}

export interface Street {
  houses: readonly House[];
  people: ReadonlyMap<number, Spot>;
  /** Whether people are only counted. */
  counted: boolean;
}

/** The street on the wall: under the cord, over the strip. */
export const STREET = { width: 1808, height: 694 } as const;

const DRAWN_TO = 64; // people; more are only counted
const TOP = 30; // the cord hangs there
const GROUND = 690;
const BETWEEN = 36;
const PAD = 12;
/** The height of a house's sign, below its roof. */
export const SIGN = 116;
const GARAGE_SHARE = 0.42; // of all houses together, where there is one; else as wide as a house
const EDGE = 11;

/** Return where all houses and people stand. */
export function streetOf({ places, people }: Town): Street {
  const counted = people > DRAWN_TO;
  const houses = housesOf(places);
  const scale = counted ? undefined : scaleFor(houses);
  if (!scale) return { houses: houses.map((house) => ({ ...house, free: [], floor: house.height })), people: new Map(), counted };
  const spots = new Map<number, Spot>();
  const filled = houses.map((house) => fill(house, scale, spots));
  return { houses: filled, people: spots, counted };
}

type Walls = Omit<House, "free" | "floor">;

function housesOf(places: readonly Place[]): Walls[] {
  const spaces = places.length - 1;
  const all = STREET.width - BETWEEN * spaces - 2 * EAVES;
  const garage = spaces === 1 ? all * (GARAGE_SHARE / (1 + GARAGE_SHARE)) : all / places.length;
  const width = (all - garage) / Math.max(1, spaces);
  return places.map((place, index) => ({
    place,
    roof: place.space === GARAGE ? undefined : index,
    x: EAVES + index * (width + BETWEEN),
    y: TOP,
    width: place.space === GARAGE ? garage : width,
    height: GROUND - TOP,
  }));
}

/** How large people are drawn: a row of makers, and one of investors. */
interface Scale {
  maker: Cell;
  investor: Cell;
}

interface Cell {
  face: number;
  width: number;
  height: number;
  front: number;
  text: number | undefined;
  withVenture: boolean;
}

const FACES = [170, 160, 150, 140, 130, 120, 110, 100, 92, 84, 76, 70, 64, 58, 52, 46, 40, 34];
const TEXTS = { smallest: 28, largest: 44, ofFace: 0.32 };
const NAMED_FROM = 64; // a maker's face; under smaller ones no name can be read
const BARE_TO = 92; // larger ones have a name
const WITH_VENTURE_FROM = 110;
const VENTURE_LINE = 40;
const HIDDEN = 0.12; // of a face, behind the edge
const SITTING = 0.82; // an investor's face, beside a maker's
const PART = 0.62; // a part beside a face
const ROW_GAP = 14;
/** What a name of eight letters takes at its smallest. */
const SHORT_NAME = 132;

function cellOf(face: number, role: Figure["role"], isNamed: boolean): Cell {
  const withVenture = role === "maker" && face >= WITH_VENTURE_FROM;
  const text = isNamed ? Math.min(TEXTS.largest, Math.max(TEXTS.smallest, face * TEXTS.ofFace)) : undefined;
  const front = text ? text * 1.36 + 6 + (withVenture ? VENTURE_LINE : 0) : 0.4 * face;
  const beside = isNamed && role === "maker" ? face * (1 + PART) + 20 : face + 10;
  return {
    face,
    text,
    front,
    withVenture,
    width: Math.max(beside, isNamed ? SHORT_NAME : 0),
    height: face * (1 - HIDDEN) + EDGE + front + ROW_GAP,
  };
}

/** The largest faces with which everybody has a place in every house. */
function scaleFor(houses: readonly Walls[]): Scale {
  const scale = (face: number, isNamed: boolean): Scale => ({
    maker: cellOf(face, "maker", isNamed),
    investor: cellOf(face * SITTING, "investor", isNamed),
  });
  const scales = [
    ...FACES.filter((face) => face >= NAMED_FROM).map((face) => scale(face, true)),
    ...FACES.filter((face) => face <= BARE_TO).map((face) => scale(face, false)),
  ];
  const fits = (each: Scale): boolean => houses.every((house) => needs(house, each) <= house.height - ROOF - SIGN);
  return scales.find(fits) ?? (scales.at(-1) as Scale);
}

function rowsFor(people: number, width: number, cell: Cell): number {
  const across = Math.max(1, Math.floor((width - 2 * PAD) / cell.width));
  return Math.ceil(people / across);
}

function needs({ place, width }: Walls, { maker, investor }: Scale): number {
  const rows = rowsFor(Math.max(place.makers.length, place.desks), width, maker);
  return rows * maker.height + rowsFor(place.investors.length, width, investor) * investor.height + 2 * PAD;
}

/** Give everybody in a house a spot. */
function fill(house: Walls, scale: Scale, spots: Map<number, Spot>): House {
  const { place, width, height } = house;
  const inside = ROOF + SIGN;
  const desks = Math.max(place.makers.length, place.desks);
  const below = rowsFor(place.investors.length, width, scale.investor) * scale.investor.height;
  const floor = below ? height - below - PAD : height;
  const up = { y: inside + PAD, height: floor - inside - PAD };
  const makers = spotsIn(house, up, desks, scale.maker, true);
  const investors = spotsIn(house, { y: floor + PAD / 2, height: below }, place.investors.length, scale.investor, false);
  seat(place.makers, makers, spots);
  seat(place.investors, investors, spots);
  return { ...house, floor, free: makers.slice(place.makers.length) };
}

function seat(people: readonly Figure[], free: readonly Spot[], spots: Map<number, Spot>): void {
  for (const [index, { seat }] of people.entries()) {
    const spot = free[index];
    if (spot) spots.set(seat, spot);
  }
}

const MOST_AIR = 1.35; // of a row or a column, where few share a house

function spotsIn(house: Walls, zone: Pick<Box, "y" | "height">, people: number, cell: Cell, withPart: boolean): Spot[] {
  const rows = Math.max(1, rowsFor(people, house.width, cell));
  const columns = Math.ceil(people / rows);
  const inside = house.width - 2 * PAD;
  const [wide, high] = [
    Math.min(cell.width * MOST_AIR, inside / columns),
    Math.min(cell.height * MOST_AIR, zone.height / rows),
  ];
  const start = house.y + zone.y + (zone.height - rows * high) / 2;
  return Array.from({ length: people }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, people - row * columns);
    const x = house.x + PAD + (inside - inRow * wide) / 2 + (index % columns) * wide;
    return spotAt({ x, y: start + (row + 1) * high - ROW_GAP / 2, width: wide, height: high }, cell, withPart);
  });
}

const SIDE = 4; // between two fronts

/** A spot in a cell, whose `y` is the lower edge of its front. */
function spotAt({ x, y, width }: Box, { face, front, text, withVenture }: Cell, withPart: boolean): Spot {
  const top = y - front - EDGE;
  const isBeside = withPart && text !== undefined;
  const part = isBeside ? face * PART : front * 0.86;
  const both = isBeside ? face + 12 + part : face;
  const left = x + (width - both) / 2;
  return {
    x: left,
    y: top - face * (1 - HIDDEN),
    face,
    text,
    withVenture,
    front: { x: x + SIDE, y: top, width: width - 2 * SIDE, height: front + EDGE },
    part: withPart ? partAt(isBeside ? left + face + 12 : x + (width - part) / 2, isBeside ? top - part : top + EDGE + front * 0.05, part) : undefined,
  };
}

function partAt(x: number, y: number, size: number): Box {
  return { x, y, width: size, height: size };
}

/** Return where cords to somebody begin: the middle of the face. */
export function middleOf({ x, y, face }: Spot): { x: number; y: number } {
  return { x: x + face / 2, y: y + face / 2 };
}
