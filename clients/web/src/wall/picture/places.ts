// Where everything in the living picture stands, in units of which 1920 are the width of the wall. Fixed places by the
// order of seats, worked out and never found by forces: makers left, resources right, ventures below. A name is as long
// as there is room for it beside its token.

import { cut, widthOf } from "../../parts/pictures/text_width";
import { type BoardOf, type Figure, freeDesks, GARAGE, type Picture } from "./boards";

export interface Size {
  width: number;
  height: number;
}

/** Beside the counts and the QR code, and under a scene's title. */
export const BESIDE: Size = { width: 1460, height: 812 };
export const UNDER: Size = { width: 1792, height: 640 };

/**
 * How closely people are drawn, as large as a board has room for its own: with names, with initials, or as tokens
 * alone.
 */
export type Detail = "names" | "initials" | "bare";

const BESIDE_TOKEN = 10; // between a token and its name

const DRAWN_TO = 60; // people; more are only counted
const GAP = 24;
const PAD = 24;
const HEADER = 56;
const GARAGE_PART = 0.62; // of a board's width, while all stand in one row
const ONE_ROW = 3;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Spot {
  /** The middle of the token. */
  x: number;
  y: number;
  /** As far as the name may reach, and on which side of the token it stands. */
  edge: number;
  direction: 1 | -1;
  detail: Detail;
  size: number;
  /** The size of the name's letters. */
  text: number;
}

export interface Placed extends Box {
  board: BoardOf;
  /** Whether people are only counted. */
  counted: boolean;
  people: ReadonlyMap<number, Spot>;
  /** Where desks are free. */
  desks: readonly Spot[];
  ventures: readonly (Box & { id: number; named: boolean; scale: number })[];
  /** How many ventures there is no room for. */
  more: number;
}

export function isCounted(people: number): boolean {
  return people > DRAWN_TO;
}

export function placed({ boards, people }: Picture, size: Size): Placed[] {
  const counted = isCounted(people);
  const boxes = boxesFor(boards.length, size);
  return boards.map((board, index) => fill(board, boxes[index] ?? { x: 0, y: 0, ...size }, counted));
}

/**
 * One row as long as boards are wide enough for people on both sides; the garage, which has one side, is narrower in
 * it.
 */
function boxesFor(boards: number, { width: full, height }: Size): Box[] {
  if (boards <= ONE_ROW) {
    const width = (full - GAP * (boards - 1)) / (boards - 1 + GARAGE_PART);
    return Array.from({ length: boards }, (_, index) => ({
      x: index * (width + GAP),
      y: 0,
      width: index === boards - 1 ? width * GARAGE_PART : width,
      height,
    }));
  }
  const columns = boards <= 4 ? 2 : boards <= 9 ? 3 : 4;
  const rows = Math.ceil(boards / columns);
  const width = (full - GAP * (columns - 1)) / columns;
  const tall = (height - GAP * (rows - 1)) / rows;
  return Array.from({ length: boards }, (_, index) => ({
    x: (index % columns) * (width + GAP),
    y: Math.floor(index / columns) * (tall + GAP),
    width,
    height: tall,
  }));
}

const LARGE = { width: 400, height: 96, scale: 1.5 }; // wider where a name is longer
const NAMED = { width: 330, height: 60, scale: 1 };
export const VENTURE_TEXT = 31;
export const BESIDE_SIGN = 124; // a venture's sector and part
const BARE = { width: 108, height: 60, scale: 1 };
const MOST_OF_BOARD = 0.45; // ventures leave the rest to people
const MOST_IF_LARGE = 0.3;

function fill(board: BoardOf, box: Box, counted: boolean): Placed {
  if (counted) return { ...box, board, counted, people: new Map(), desks: [], ventures: [], more: 0 };
  const inside = box.width - 2 * PAD;
  const fits = (cell: typeof NAMED, part: number): boolean =>
    rowsOf(board.ventures.length, inside, cell) * cell.height <= box.height * part && inside >= cell.width;
  const large = {
    ...LARGE,
    width: Math.max(LARGE.width, (widest(board.ventures) * VENTURE_TEXT + BESIDE_SIGN) * LARGE.scale),
  };
  const cell = fits(large, MOST_IF_LARGE) ? large : fits(NAMED, MOST_OF_BOARD) ? NAMED : BARE;
  const named = cell !== BARE;
  const across = Math.max(1, Math.min(Math.floor(inside / cell.width), named ? board.ventures.length : Infinity));
  const rows = Math.min(
    rowsOf(board.ventures.length, inside, cell),
    Math.max(1, Math.floor((box.height * MOST_OF_BOARD) / cell.height)),
  );
  const room = board.ventures.length <= rows * across ? board.ventures.length : rows * across - 1;
  const bottom = box.height - 16 - rows * cell.height;
  const ventures = board.ventures.slice(0, room).map((venture, index) => ({
    id: venture.id,
    named,
    scale: cell.scale,
    x: PAD + (index % across) * (inside / across),
    y: bottom + Math.floor(index / across) * cell.height,
    width: inside / across,
    height: cell.height,
  }));
  return {
    ...box,
    board,
    counted,
    ...peopleIn(board, box, bottom - HEADER - 8),
    ventures,
    more: board.ventures.length - room,
  };
}

/** The longest name, in widths of a letter of size 1. */
function widest(named: readonly { name: string }[]): number {
  return Math.max(0, ...named.map(({ name }) => widthOf(name, 1)));
}

function rowsOf(things: number, inside: number, cell: { width: number }): number {
  return Math.ceil(things / Math.max(1, Math.floor(inside / cell.width)));
}

const EDGE = 8; // between a name and its neighbour
const GUTTER = 56; // arcs of ties have room on the left
const SIDE = 0.38; // of a board for either side; deals have the middle

/**
 * The two sides of a board, free desks below those that are taken. In the garage nobody deals: its resources stand
 * below its makers.
 */
function peopleIn(board: BoardOf, box: Box, tall: number): Pick<Placed, "people" | "desks"> {
  const inside = box.width - PAD - GUTTER;
  const [makers, investors] = [board.makers.length, board.investors.length];
  const longest = widest([...board.makers, ...board.investors]);
  if (board.space === GARAGE) {
    const upper = tall * Math.max(0.3, makers / Math.max(1, makers + investors));
    const zone = { x: GUTTER, width: inside };
    const above = spots(makers, { ...zone, y: HEADER, height: investors ? upper : tall, longest }, 1);
    const below = spots(investors, { ...zone, y: HEADER + upper, height: tall - upper, longest }, 1);
    return { people: new Map([...taken(board.makers, above), ...taken(board.investors, below)]), desks: [] };
  }
  const zone = { y: HEADER, width: inside * SIDE, height: tall, longest };
  const all = Math.max(makers, investors);
  const free = roomFor(all, makers + freeDesks(board), zone) ? freeDesks(board) : 0;
  const most = Math.max(makers + free, investors);
  const left = spots(most, { ...zone, x: GUTTER }, 1);
  const right = spots(most, { ...zone, x: box.width - PAD - inside * SIDE }, -1);
  return {
    people: new Map([...taken(board.makers, left), ...taken(board.investors, right)]),
    desks: left.slice(makers, makers + free),
  };
}

function taken(people: BoardOf["makers"], free: readonly Spot[]): [number, Spot][] {
  return people.flatMap(({ seat }, index) => (free[index] ? [[seat, free[index]] as [number, Spot]] : []));
}

/** Where people stand, and how long their longest name is. */
interface Zone extends Box {
  longest: number;
}

interface Cell {
  width: number;
  height: number;
  size: number;
  text: number;
  detail: Detail;
}

const SHORT_NAMES = 190; // a token and half a dozen letters: the lines of deals keep their room
const MOST_AIR = 1.6; // of a row, where few share a board
const LARGEST: Cell = { width: 300, height: 112, size: 96, text: 44, detail: "names" };
const CELLS: readonly Cell[] = [
  LARGEST,
  { width: 230, height: 84, size: 72, text: 34, detail: "names" },
  { width: 190, height: 66, size: 56, text: 34, detail: "names" },
  { width: 190, height: 58, size: 50, text: 32, detail: "names" },
  { width: 116, height: 66, size: 56, text: 30, detail: "initials" },
  { width: 98, height: 52, size: 44, text: 30, detail: "initials" },
  { width: 92, height: 44, size: 38, text: 30, detail: "initials" },
  { width: 50, height: 48, size: 40, text: 0, detail: "bare" },
  { width: 34, height: 34, size: 28, text: 0, detail: "bare" },
];

/** Stand as many in a zone, row by row. */
function spots(people: number, zone: Zone, direction: 1 | -1): Spot[] {
  const { cell, columns } = cellFor(people, zone);
  const rows = Math.ceil(people / columns);
  const high = Math.min(cell.height * MOST_AIR, zone.height / Math.max(1, rows));
  const width = zone.width / columns;
  const short = cell.detail === "initials" && width >= SHORT_NAMES;
  const detail = short ? "names" : cell.detail;
  const reach = (short ? SHORT_NAMES : width) - EDGE;
  return Array.from({ length: people }, (_, index) => {
    const column = Math.floor(index / rows);
    const start = direction === 1 ? zone.x + column * width : zone.x + zone.width - column * width;
    const y = zone.y + ((index % rows) + 0.5) * high;
    return {
      x: start + direction * (cell.size / 2),
      y,
      edge: start + direction * reach,
      direction,
      detail,
      size: cell.size,
      text: cell.text,
    };
  });
}

/** Return whether as many can stand there with their names, in one column or as those alone would who are there. */
function roomFor(now: number, wanted: number, zone: Omit<Zone, "x">): boolean {
  const box = { ...zone, x: 0 };
  const { cell, columns } = cellFor(wanted, box);
  return cell.detail === "names" && columns <= Math.max(1, cellFor(now, box).columns);
}

/** One column if anyhow possible, so that lines cross nobody; else as many as are needed. */
function cellFor(people: number, zone: Zone): { cell: Cell; columns: number } {
  const rowsOfCell = (cell: Cell): number => Math.floor(zone.height / cell.height);
  const alone = CELLS.find(
    (cell) =>
      cell.detail !== "bare" &&
      people <= rowsOfCell(cell) &&
      (cell !== LARGEST || zone.longest * cell.text + cell.size + BESIDE_TOKEN + EDGE <= zone.width),
  );
  if (alone) return { cell: alone, columns: 1 };
  for (const cell of CELLS) {
    const columns = Math.max(1, Math.floor(zone.width / cell.width));
    const rows = rowsOfCell(cell);
    if (people <= rows * columns) return { cell, columns: Math.ceil(people / rows) };
  }
  const smallest = CELLS[CELLS.length - 1] as Cell;
  return { cell: smallest, columns: Math.max(1, Math.floor(zone.width / smallest.width)) };
}

/** Return as much of a name as there is room for beside its token. */
export function shownName(figure: Figure, spot: Spot): string {
  const room = Math.abs(spot.edge - spot.x) - spot.size / 2 - BESIDE_TOKEN;
  if (spot.detail === "bare") return "";
  const fits = widthOf(figure.name, spot.text) <= room;
  const nameless = /^\d+$/.test(figure.initials); // cut off, "Maker 12" would be like any other
  return spot.detail === "names" && (fits || !nameless) ? cut(figure.name, room, spot.text) : figure.initials;
}

/** Return where the name beside a token ends: lines begin there. */
export function endOfName(figure: Figure, spot: Spot): number {
  const reach = spot.size / 2 + 2 * BESIDE_TOKEN + widthOf(shownName(figure, spot), spot.text);
  return spot.x + spot.direction * reach;
}
