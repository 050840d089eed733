// How large people are in the street, and how they sit in the rows of a house: desks as wide as the row allows, and
// where a name needs more than its share, some of what its neighbours do not need.
import { displayWidth, linesOf, tightestWidth } from "../../parts/pictures/text_width";
import { rowsOf } from "./rows";
import { BESIDE, type Cell, EDGE, HIDDEN, OF_CROWD, PART, PLANK, SIDE, TEXTS } from "./scales";
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
  /** How wide a line on the front may be. */
  room: number;
  /** How many lines a name may take that is too long for one. */
  nameLines: number;
  /** Where the part stands that is made there: beside the face, or on the front. */
  part: Box | undefined;
  /** Whether there is room below the name for what is made there. */
  withVenture: boolean;
}

export const PAD = 10;

function across(room: number, cell: Cell): number {
  return Math.max(1, Math.floor(room / cell.width));
}

function rowsFor(people: number, room: number, cell: Cell): number {
  return Math.ceil(people / across(room, cell));
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
  let desk = people.length;
  const all = rows.map((row, at) => {
    const desks = Array.from({ length: behind[at] ?? 0 }, () => desk++);
    return { ...row, here: [...row.here, ...desks], widths: [...row.widths, ...desks.map(() => narrowIn(cell))] };
  });
  return spotsIn(house, zone, all, cell);
}

/** Return whether narrow desks have room behind people: as many as are free. */
export function isRoomBehind(house: Box, people: readonly Figure[], free: number, cell: Cell): boolean {
  const rows = wantedIn(house, people, people.length, cell, tightestWidth);
  return behindIn(rows, free, house, cell) !== undefined;
}

/** Return how many narrow desks have room behind the people of each row; undefined where not all of them have. */
function behindIn(rows: readonly Row[], free: number, { width }: Box, cell: Cell): number[] | undefined {
  let left = free;
  const behind = rows.map(() => 0);
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    behind[at] = Math.max(
      0,
      Math.min(left, Math.floor((width - 2 * PAD - sum(rows[at]?.widths ?? [])) / narrowIn(cell))),
    );
    left -= behind[at] ?? 0;
  }
  return left > 0 ? undefined : behind;
}

/** A row: who sits there, how wide each place in it has to be, and how many lines its names take. */
interface Row {
  here: readonly number[];
  widths: readonly number[];
  lines: number;
}

/** How much lower a row is than others, since all its names have room in one line. */
function spareOf({ lines }: Row, { spare, nameLines }: Cell): number {
  return lines < nameLines ? spare : 0;
}

/** Return how high the rows of people are together, and of as many more as there are free desks. */
export function heightOf(house: Pick<Box, "width">, people: readonly Figure[], seats: number, cell: Cell): number {
  if (cell.nameLines < 2) return leastHeight(house, seats, cell);
  return sum(wantedIn(house, people, seats, cell, displayWidth).map((row) => cell.height - spareOf(row, cell)));
}

/** Return how high so many rows are if no name in them takes two lines. */
export function leastHeight({ width }: Pick<Box, "width">, seats: number, cell: Cell): number {
  return rowsFor(seats, width - 2 * PAD, cell) * (cell.height - (cell.nameLines < 2 ? 0 : cell.spare));
}

/** Return places in rows of which it is known how wide each has to be, in the order of who sits there. */
function spotsIn(house: Box, zone: Zone, wanted: readonly Row[], cell: Cell): Spot[] {
  const columns = Math.max(...wanted.map(({ widths }) => widths.length));
  const heights = wanted.map((row) => cell.height - spareOf(row, cell));
  const air = Math.min(MOST_WIDE, zone.height / sum(heights));
  let end = house.y + zone.y + (zone.height - sum(heights) * air) / 2;
  const spots: Spot[] = [];
  for (const [at, row] of wanted.entries()) {
    const height = heights[at] ?? 0;
    end += height * air;
    const bottom = end - (height * (air - 1) + cell.gap) / 2;
    const ofRow = { ...cell, front: cell.front - spareOf(row, cell), nameLines: row.lines };
    for (const [index, { x, width }] of rowOf(house, row.widths, columns, cell).entries()) {
      spots[row.here[index] ?? spots.length] = spotAt(x, bottom, width, ofRow);
    }
  }
  return spots;
}

type Measure = (text: string, size: number) => number;

const laid = new WeakMap<readonly Figure[], WeakMap<Cell, Map<string, Row[]>>>(); // since a size is tried many times

/** Return how wide each place has to be, row by row; where a row lacks room, with letters as close as they can be. */
function wantedIn(
  { width }: Pick<Box, "width">,
  people: readonly Figure[],
  seats: number,
  cell: Cell,
  by: Measure,
): Row[] {
  const ofPeople = laid.get(people) ?? new WeakMap<Cell, Map<string, Row[]>>();
  laid.set(people, ofPeople);
  const ofCell = ofPeople.get(cell) ?? new Map<string, Row[]>();
  ofPeople.set(cell, ofCell);
  const key = `${width} ${seats} ${by === tightestWidth}`;
  const rows = ofCell.get(key) ?? rowsIn(width - 2 * PAD, people, seats, cell, by);
  ofCell.set(key, rows);
  return rows;
}

function rowsIn(room: number, people: readonly Figure[], seats: number, cell: Cell, by: Measure): Row[] {
  const all = Array.from({ length: seats }, (_, at) => people[at]);
  const rowBy = (here: readonly number[], how: Measure): Omit<Row, "here"> =>
    rowFor(
      here.map((at) => all[at]),
      room,
      cell,
      how,
    );
  const rows = rowsOf({
    rows: rowsFor(seats, room, cell),
    most: across(room, cell),
    widths: all.map((each) => wantedBy(each, cell, cell.nameLines, tightestWidth)),
    together: cell.together ? { widths: all.map((each) => wantedBy(each, cell, 1, tightestWidth)), room } : undefined,
    cutIn: (here) => lackingIn(rowBy(here, tightestWidth), room, cell).length,
  });
  return rows.map((here) => ({ here, ...rowBy(here, by) }));
}

/** How wide the places of a row have to be, and how many lines its names take. */
function rowFor(here: readonly (Figure | undefined)[], room: number, cell: Cell, by: Measure): Omit<Row, "here"> {
  const wanted = (lines: number, how: Measure): number[] => here.map((each) => wantedBy(each, cell, lines, how));
  const isRoom = (widths: readonly number[]): boolean => sum(widths) <= room;
  const one = cell.nameLines > 1 ? wanted(1, cell.together ? tightestWidth : displayWidth) : [];
  const isOne = isRoom(one) || sum(one) <= sum(wanted(2, displayWidth));
  const lines = isOne ? Math.min(1, cell.nameLines) : cell.nameLines;
  const widths = wanted(lines, by);
  return { widths: isRoom(widths) ? widths : wanted(lines, tightestWidth), lines };
}

/** How much each place of a row lacks that lacks something, though its row gives it all the room that it can. */
function lackingIn({ widths }: Pick<Row, "widths">, room: number, { least, text }: Cell): number[] {
  if (!text || sum(widths) <= room) return [];
  const given = shared(widths, room, least);
  return widths.map((width, at) => width - (given[at] ?? 0)).filter((lack) => lack > ROUNDED);
}

/** How many people's names, or what they make, are not whole, and how much room those lack in all. */
export interface Cut {
  many: number;
  by: number;
}

/** Return what is cut where people have all the room that their rows can give them. */
export function cutIn(house: Box, people: readonly Figure[], seats: number, cell: Cell): Cut {
  if (!cell.text) return { many: 0, by: 0 };
  const room = house.width - 2 * PAD;
  const rows = wantedIn(house, people, seats, cell, tightestWidth);
  const lacks = rows.flatMap((row) => lackingIn(row, room, cell));
  return { many: lacks.length, by: sum(lacks) };
}

const ROUNDED = 0.01;

/** How wide a place has to be for what is written on its front. */
function wantedBy(figure: Figure | undefined, cell: Cell, lines: number, by: Measure): number {
  if (!figure || !cell.text) return cell.least;
  const made = cell.withVenture && figure.made ? writtenWidth(figure.made.name, 2, by) : 0;
  return Math.max(cell.least, NAME_PAD[cell.role] + Math.max(made, writtenWidth(figure.name, lines, by)));
}

const MOST_KNOWN = 500;
const known = new Map<Measure, Map<string, readonly [number, number]>>(); // widths, since many sizes ask for the same

/** How wide a name is at its smallest, in one line or in two. */
function writtenWidth(name: string, lines: number, by: Measure): number {
  const widths = known.get(by) ?? new Map<string, readonly [number, number]>();
  known.set(by, widths);
  let found = widths.get(name);
  if (!found) {
    const wide = (line: string): number => by(line, TEXTS.smallest);
    found = [wide(name), Math.max(...linesOf(name).map(wide))];
    if (widths.size >= MOST_KNOWN) widths.clear();
    widths.set(name, found);
  }
  return found[lines > 1 ? 1 : 0];
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Share a row out: everybody alike, unless a name needs more and others less. */
function rowOf(house: Box, wanted: readonly number[], columns: number, cell: Cell): Pick<Box, "x" | "width">[] {
  const inner = house.width - 2 * PAD;
  const alike = Math.min(inner / columns, cell.width * (cell.role === "maker" ? MOST_WIDE : TABLE_WIDE));
  const widths = wanted.every((width) => width <= alike) ? wanted.map(() => alike) : shared(wanted, inner, cell.least);
  let x = house.x + PAD + (inner - sum(widths)) / 2;
  return widths.map((width) => {
    x += width;
    return { x: x - width, width };
  });
}

/**
 * Give everybody what is wanted; where that is too much, those first who want least, as long as the others keep the
 * least that a place has, so that few names are cut; these have alike what is left.
 */
function shared(wanted: readonly number[], room: number, least: number): number[] {
  const asked = sum(wanted);
  if (asked <= room) return wanted.map((width) => (width * Math.min(room, asked * MOST_AIR)) / asked);
  const given = [...wanted];
  let left = room;
  for (const [at, { width, index }] of inOrder(wanted).entries()) {
    const others = wanted.length - at - 1;
    const share = width <= left - others * least ? width : left / (others + 1);
    given[index] = share;
    left -= share;
  }
  return given;
}

function inOrder(widths: readonly number[]): { width: number; index: number }[] {
  return widths.map((width, index) => ({ width, index })).sort((one, other) => one.width - other.width);
}

const MOST_AIR = 1.25;

const NAME_PAD = { maker: 20, investor: 22 }; // what a place is wider than its name; a table is round

/** Return the lines in which a name stands on a front. */
export function namesOn({ room, nameLines }: Spot, name: string): string[] {
  const isLong = nameLines > 1 && displayWidth(name, TEXTS.smallest) > room;
  return isLong ? linesOf(name) : [name];
}

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
    room: width - NAME_PAD[role],
    nameLines,
    withVenture,
    front: { x: x + SIDE, y: top, width: width - 2 * SIDE, height: front + EDGE },
    part: role === "maker" ? partBox : undefined,
  };
}
