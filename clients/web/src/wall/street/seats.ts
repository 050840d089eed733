// How large people are in the street, and how they sit in the rows of a house: desks as wide as the row allows, and
// where a name needs more than its share, some of what its neighbours do not need.
import { displayWidth, linesOf, tightestWidth } from "../../parts/pictures/text_width";
import type { Figure } from "./town";

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
  /** How many lines a name may take that is too long for one. */
  nameLines: number;
  /** Where the part stands that is made there: beside the face, or on the front. */
  part: Box | undefined;
  /** Whether there is room below the name for what is made there. */
  withVenture: boolean;
}

/** How large people are drawn: a row of makers, and one of investors. */
export interface Scale {
  maker: Cell;
  investor: Cell;
}

export interface Cell {
  role: Figure["role"];
  face: number;
  /** The width of a place, by which people are shared out to rows. */
  width: number;
  /** The least width: a face, with its part. */
  least: number;
  height: number;
  /** The height of the front, under its edge. */
  front: number;
  /** Below the front, in its height. */
  gap: number;
  text: number | undefined;
  nameLines: number;
  withVenture: boolean;
}

export const PAD = 10;
const LARGEST = 170;
const SMALLEST = 30;
const STEP = 2;
const NAMED_FROM = 68; // a maker's face; under smaller ones there is no room for everybody's name
const BARE_TO = 90; // larger ones have a name
const TEXTS = { smallest: 28, largest: 44, ofFace: 0.32, line: 1.28 };
const WITH_VENTURE_FROM = 104;
const VENTURE_LINES = 66;
/** How far apart two lines of a name are. */
export const NAME_LEADING = 29;
const EDGE = 11;
const HIDDEN = 0.12; // of a face, behind the edge
const SHARES = [1, 0.9, 0.82, 0.74]; // an investor's face, of a maker's
const ROW_GAP = { named: 12, bare: 7 };
const SIDE = 4; // between two fronts
const BESIDE = 8; // between a face and its part
const PART = { smallest: 34, least: 0.38, most: 0.6 }; // of the face beside it
/** What a name of eight letters takes at its smallest. */
const SHORT_NAME = 130;
const BARE_FRONT = { maker: 0.34, investor: 0.2 };

function cellOf(face: number, role: "maker" | "investor", nameLines: number, bare = BARE_FRONT[role] * face): Cell {
  const isNamed = nameLines > 0;
  const withVenture = role === "maker" && isNamed && face >= WITH_VENTURE_FROM;
  const text = isNamed ? Math.min(TEXTS.largest, Math.max(TEXTS.smallest, face * TEXTS.ofFace)) : undefined;
  const name = Math.max((text ?? 0) * TEXTS.line, nameLines > 1 ? nameLines * NAME_LEADING + 4 : 0);
  const front = text ? name + 6 + (withVenture ? VENTURE_LINES : 0) : bare;
  const gap = isNamed ? ROW_GAP.named : ROW_GAP.bare;
  const part = role === "maker" && isNamed ? BESIDE + Math.max(PART.smallest, face * PART.least) : 0;
  const width = face + part + 2 * SIDE;
  return {
    role,
    face,
    text,
    nameLines,
    front,
    withVenture,
    width: Math.max(width, isNamed ? SHORT_NAME : 0),
    least: width,
    height: face * (1 - HIDDEN) + EDGE + front + gap,
    gap,
  };
}

/** All sizes, the best first: faces with names in one line or two, then makers alone with names, then faces alone. */
export const SCALES: readonly Scale[] = scales();

function scales(): Scale[] {
  const faces = Array.from({ length: (LARGEST - SMALLEST) / STEP + 1 }, (_, index) => LARGEST - index * STEP);
  const named = faces.filter((face) => face >= NAMED_FROM);
  const of = (face: number, maker: number, investor: number): Scale[] =>
    SHARES.map((share) => ({
      maker: cellOf(face, "maker", maker),
      investor: cellOf(face * share, "investor", investor),
    }));
  return [
    ...named.flatMap((face) => [...of(face, 1, 1), ...of(face, 1, 2), ...of(face, 2, 2)]),
    ...named.flatMap((face) => [...of(face, 1, 0), ...of(face, 2, 0)]),
    ...faces.filter((face) => face <= BARE_TO).flatMap((face) => of(face, 0, 0)),
  ];
}

const PLANK = 4; // under the edge, all that a crowd sits at
const OF_CROWD = 0.3; // a part, of the face that it stands before

/** The sizes of a crowd, as in the garage before the doors open: everybody alike, so that all are told apart. */
export const CROWDS: readonly Scale[] = Array.from({ length: (BARE_TO - SMALLEST) / STEP + 1 }, (_, index) => {
  const face = BARE_TO - index * STEP;
  return { maker: cellOf(face, "maker", 0, PLANK), investor: cellOf(face, "investor", 0, PLANK) };
});

export function across(width: number, cell: Cell): number {
  return Math.max(1, Math.floor((width - 2 * PAD) / cell.width));
}

export function rowsFor(people: number, width: number, cell: Cell): number {
  return Math.ceil(people / across(width, cell));
}

const MOST_WIDE = 1.5; // of the least, where few share a row
const TABLE_WIDE = 2.2;

type Zone = Pick<Box, "y" | "height">;

/** Return places for people in a part of a house, and for as many more as there are free desks. */
export function seatsIn(house: Box, zone: Zone, people: readonly Figure[], seats: number, cell: Cell): Spot[] {
  return spotsIn(house, zone, wantedIn(house, people, seats, cell, displayWidth), cell);
}

const NARROW = { widest: 52, ofFace: 0.75 }; // a free desk, where nobody who sits there gives way to it

function narrowIn({ face }: Cell): number {
  return Math.min(NARROW.widest, face * NARROW.ofFace);
}

/**
 * Return places for people, and behind them in their rows, the last one first, narrow ones for free desks: for all of
 * them, or where there is no room for all, for none.
 */
export function seatsBefore(house: Box, zone: Zone, people: readonly Figure[], free: number, cell: Cell): Spot[] {
  const rows = wantedIn(house, people, people.length, cell, tightestWidth);
  const behind = behindIn(rows, free, house, cell);
  if (!behind) return seatsIn(house, zone, people, people.length, cell);
  const all = rows.map((row, at) => [...row, ...Array<number>(behind[at] ?? 0).fill(narrowIn(cell))]);
  const isTaken = all.flatMap((row, at) => row.map((_, index) => index < (rows[at]?.length ?? 0)));
  const spots = spotsIn(house, zone, all, cell);
  return [...spots.filter((_, at) => isTaken[at]), ...spots.filter((_, at) => !isTaken[at])];
}

/** Return whether narrow desks have room behind people: as many as are free. */
export function isRoomBehind(house: Box, people: readonly Figure[], free: number, cell: Cell): boolean {
  const rows = wantedIn(house, people, people.length, cell, tightestWidth);
  return behindIn(rows, free, house, cell) !== undefined;
}

/** Return how many narrow desks have room behind the people of each row; undefined where not all of them have. */
function behindIn(rows: readonly number[][], free: number, { width }: Box, cell: Cell): number[] | undefined {
  let left = free;
  const behind = rows.map(() => 0);
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    behind[at] = Math.max(0, Math.min(left, Math.floor((width - 2 * PAD - sum(rows[at] ?? [])) / narrowIn(cell))));
    left -= behind[at] ?? 0;
  }
  return left > 0 ? undefined : behind;
}

/** Return places in rows of which it is known how wide each has to be. */
function spotsIn(house: Box, zone: Zone, wanted: readonly number[][], cell: Cell): Spot[] {
  const columns = Math.max(...wanted.map((row) => row.length));
  const high = Math.min(cell.height * MOST_WIDE, zone.height / wanted.length);
  const start = house.y + zone.y + (zone.height - wanted.length * high) / 2;
  return wanted.flatMap((row, at) => {
    const bottom = start + (at + 1) * high - (high - cell.height + cell.gap) / 2;
    return rowOf(house, row, columns, cell).map(({ x, width }) => spotAt(x, bottom, width, cell));
  });
}

type Measure = (text: string, size: number) => number;

/** Return how wide each place has to be, row by row. */
function wantedIn({ width }: Box, people: readonly Figure[], seats: number, cell: Cell, by: Measure): number[][] {
  const rows = Math.max(1, rowsFor(seats, width, cell));
  const columns = Math.ceil(seats / rows);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: Math.min(columns, seats - row * columns) }, (_each, index) =>
      wantedBy(people[row * columns + index], cell, by),
    ),
  );
}

/** How many people's names, or what they make, are not whole, and how much room those lack in all. */
export interface Cut {
  many: number;
  by: number;
}

/** Return what is cut where people have all the room that their rows can give them. */
export function cutIn(house: Box, people: readonly Figure[], seats: number, cell: Cell): Cut {
  if (!cell.text) return { many: 0, by: 0 };
  const lacks = wantedIn(house, people, seats, cell, tightestWidth).flatMap((row) => {
    const given = shared(row, house.width - 2 * PAD);
    return row.map((width, at) => width - (given[at] ?? 0)).filter((lack) => lack > ROUNDED);
  });
  return { many: lacks.length, by: sum(lacks) };
}

const ROUNDED = 0.01;

/** How wide a place has to be for what is written on its front. */
function wantedBy(figure: Figure | undefined, cell: Cell, by: Measure): number {
  if (!figure || !cell.text) return cell.least;
  const made = cell.withVenture && figure.made ? writtenWidth(figure.made.name, 2, by) : 0;
  return Math.max(cell.least, NAME_PAD + Math.max(made, writtenWidth(figure.name, cell.nameLines, by)));
}

const known = new Map<Measure, Map<string, number>>(); // widths, since many sizes ask for the same

/** How wide a name is at its smallest, in one line or in two. */
function writtenWidth(name: string, lines: number, by: Measure): number {
  const widths = known.get(by) ?? new Map<string, number>();
  known.set(by, widths);
  const key = `${lines} ${name}`;
  const all = lines > 1 ? linesOf(name) : [name];
  const width = widths.get(key) ?? Math.max(...all.map((line) => by(line, TEXTS.smallest)));
  widths.set(key, width);
  return width;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Share a row out: everybody alike, unless a name needs more and others less. */
function rowOf(house: Box, wanted: readonly number[], columns: number, cell: Cell): Pick<Box, "x" | "width">[] {
  const inner = house.width - 2 * PAD;
  const alike = Math.min(inner / columns, cell.width * (cell.role === "maker" ? MOST_WIDE : TABLE_WIDE));
  const widths = wanted.every((width) => width <= alike) ? wanted.map(() => alike) : shared(wanted, inner);
  let x = house.x + PAD + (inner - sum(widths)) / 2;
  return widths.map((width) => {
    x += width;
    return { x: x - width, width };
  });
}

/** Give everybody what is wanted; where that is too much, those who want most have alike what the others leave. */
function shared(wanted: readonly number[], room: number): number[] {
  const asked = sum(wanted);
  if (asked <= room) return wanted.map((width) => (width * Math.min(room, asked * MOST_AIR)) / asked);
  let left = room;
  const most = [...wanted]
    .sort((one, other) => one - other)
    .reduce((_, width, at, all) => {
      const share = Math.min(width, left / (all.length - at));
      left -= share;
      return share;
    }, 0);
  return wanted.map((width) => Math.min(width, most));
}

const MOST_AIR = 1.25;

/** What a front is wider than its name. */
export const NAME_PAD = 18;

/** A spot in a place whose front ends at `bottom`. */
function spotAt(
  x: number,
  bottom: number,
  width: number,
  { face, front, text, nameLines, withVenture, role }: Cell,
): Spot {
  const top = bottom - front - EDGE;
  const isBeside = role === "maker" && text !== undefined;
  const beside = Math.min(face * PART.most, width - 2 * SIDE - face - BESIDE);
  const part = isBeside ? beside : front > PLANK ? front * 0.84 : OF_CROWD * face;
  const both = isBeside ? face + BESIDE + part : face;
  const left = x + (width - both) / 2;
  const partBox = isBeside
    ? { x: left + face + BESIDE, y: top - part, width: part, height: part }
    : front > PLANK
      ? { x: x + (width - part) / 2, y: top + EDGE + (front - part) / 2, width: part, height: part }
      : { x: left + face - part, y: top + EDGE - part, width: part, height: part };
  return {
    x: left,
    y: top - face * (1 - HIDDEN),
    face,
    text,
    nameLines,
    withVenture,
    front: { x: x + SIDE, y: top, width: width - 2 * SIDE, height: front + EDGE },
    part: role === "maker" ? partBox : undefined,
  };
}
