// Where people stand in the wall's picture of who worked with whom, and how their names are written: each in a row of
// its own, in as many columns as that takes, whole where there is room beside the mark, and never in a letter or two.
import { cut, DISPLAY, linesOf, regularWidth } from "../pictures/text_width";
import type { ChartStyle } from "./chart_style";

const WALL = { width: 1920, height: 1080 };
const LEAST = 28; // px of a wall of 1920 × 1080: as low as its letters may be
const LETTERS_EM = 0.9;
const LOWEST_ROW = 0.9; // of the letters: what they have above and below themselves
const HIGH_ROWS = 2.4; // of the letters: a name may have two lines
const MOST_COLUMNS = 4;
const FOR_NAMES = 0.7; // of the width, at most
const SIDE = 0.28; // of the width, at most, where each side has one column
const FLATTER = 0.65; // of the arc, where a side has several columns
const INK = 0.4; // of the letters, above and below the middle of a line
const BEFORE_EM = 0.45; // between a mark and the name beside it, and between a name and the next mark
const COLUMN_EM = 2; // that a column has beside its names
const INNER_EM = 3; // and where it stands on an arc beside another

export interface Person {
  seat: number;
  name: string;
  side: -1 | 1;
}

/** A person's mark, from the picture's left and top edge, and the name beside it. */
export interface Standing {
  seat: number;
  side: Person["side"];
  x: number;
  y: number;
  label: string;
  letters: number;
  halo: number;
}

interface Side {
  people: readonly Person[];
  row: number;
  lines: number;
  /** How wide each of its columns is, the outermost first. */
  columns: readonly number[];
}

export interface OnWall {
  size: number;
  standings: Standing[];
}

/** Return where everybody stands between two heights, and how large marks are. */
export function standOnWall(style: ChartStyle, people: readonly Person[], top: number): OnWall {
  const height = style.height - 2 * top;
  const least = LEAST * Math.min(innerWidth / WALL.width, innerHeight / WALL.height);
  const sides = [-1, 1].map((side) =>
    sideOf(
      style,
      people.filter((each) => each.side === side),
      height,
      least,
    ),
  );
  const [left, right] = withinWidth(style, sides) as [Side, Side];
  const row = Math.min(left.row, right.row);
  const size = Math.max(style.em * 0.7, Math.min(style.em * 1.6, row * 0.9));
  const marks = [left, right].flatMap((side) =>
    marksOf(style, side, [left.columns[0] ?? 0, right.columns[0] ?? 0], height),
  );
  const standings = marks.map(({ person, x, y, lines, pitch }) => {
    const room = roomBeside(style, { person, x, y }, marks, size);
    const letters = Math.max(least, Math.min(style.em * LETTERS_EM, pitch));
    const { seat, side } = person;
    return { seat, side, x, y: top + y, ...written(person.name, room, { letters, least, lines, pitch }) };
  });
  return { size, standings };
}

/** Columns are as wide as their longest names. */
function sideOf(style: ChartStyle, people: readonly Person[], height: number, least: number): Side {
  const row = height / Math.max(1, people.length);
  const many = Math.min(MOST_COLUMNS, Math.max(1, Math.ceil((LOWEST_ROW * least) / row)));
  const lines = many === 1 && row >= HIGH_ROWS * LETTERS_EM * style.em ? 2 : 1;
  const size = many > 1 ? least : LETTERS_EM * style.em;
  const columns = Array.from({ length: many }, (_, column) => {
    const here = people.filter((_, index) => index % many === column);
    const names = here.flatMap(({ name }) => (lines > 1 ? linesOf(name) : [name]));
    return (
      Math.max(0, ...names.map((name) => regularWidth(name, size))) + (column > 0 ? INNER_EM : COLUMN_EM) * style.em
    );
  });
  return { people, row, lines, columns };
}

/** Where columns have no room side by side, the widest give way. */
function withinWidth(style: ChartStyle, sides: readonly Side[]): Side[] {
  const all = sides.flatMap(({ columns }) => columns).sort((one, other) => one - other);
  let room = all.length > 2 ? FOR_NAMES * style.width : 2 * (SIDE * style.width + style.em);
  const most = all.reduce((least, width, at) => {
    const share = room / (all.length - at);
    room -= Math.min(width, share);
    return Math.max(least, share);
  }, 0);
  return sides.map((side) => ({ ...side, columns: side.columns.map((width) => Math.min(width, most)) }));
}

interface Rows {
  lines: number;
  /** From one name of a column to the next. */
  pitch: number;
}

interface Mark {
  person: Person;
  x: number;
  y: number;
}

/** Marks stand on an arc in the order of seats; where there are several columns, one after the other further in. */
function marksOf(
  style: ChartStyle,
  { people, row, columns, lines }: Side,
  margins: readonly [number, number],
  height: number,
): (Mark & Rows)[] {
  const half = (style.width - margins[0] - margins[1]) / 2;
  return people.map((person, index) => {
    const y = ((index + 0.5) * height) / people.length;
    const down = (2 * y) / height - 1;
    const arc = 0.4 + 0.6 * Math.sqrt(1 - down * down);
    const out = columns.length > 1 ? FLATTER + (1 - FLATTER) * arc : arc;
    const further = columns.slice(1, 1 + (index % columns.length)).reduce((sum, width) => sum + width, 0);
    const x = margins[0] + half * (1 + person.side * out) - person.side * further;
    return { person, x, y, lines, pitch: columns.length * row };
  });
}

/** How much room a name has outside of its person's mark: to the next mark there, or to the edge. */
function roomBeside(style: ChartStyle, { person, x, y }: Mark, marks: readonly Mark[], size: number): number {
  const near = INK * LETTERS_EM * style.em + size / 2;
  const away = marks
    .filter((other) => other.person.side === person.side && Math.abs(other.y - y) < near)
    .map((other) => person.side * (other.x - x))
    .filter((by) => by > 0);
  const edge = person.side < 0 ? x : style.width - x;
  const taken = size / 2 + BEFORE_EM * style.em;
  return Math.min(edge - taken, Math.min(...away) - taken - size / 2 - BEFORE_EM * style.em);
}

interface Letters extends Rows {
  letters: number;
  least: number;
}

/** How wide the line around letters is that keeps others off: as wide as leaves the next names whole. */
function haloOf(letters: number, { lines, pitch }: Rows): number {
  return Math.max(letters / 5, Math.min(letters / 2.5, 2 * (pitch - lines * LOWEST_ROW * letters)));
}

/** Return a name as its room has it: whole, if need be in smaller letters, or cut; not at all where little is left. */
export function written(
  name: string,
  room: number,
  { letters, least, ...rows }: Letters,
): Omit<Standing, "seat" | "side" | "x" | "y"> {
  const isHigh = rows.lines > 1 && regularWidth(name, letters) > room;
  const parts = isHigh ? linesOf(name) : [name];
  const widest = Math.max(...parts.map((part) => regularWidth(part, 1)));
  const size = Math.max(least, Math.min(letters, room / widest));
  const fits = parts.map((part) => (regularWidth(part, size) <= room ? part : shortened(part, room / size)));
  return { label: fits.every((part) => part !== "") ? fits.join("\n") : "", letters: size, halo: haloOf(size, rows) };
}

const FEWEST = 3; // letters that say a name

function shortened(name: string, room: number): string {
  const short = cut(name, room, 1, DISPLAY);
  return [...short.replace(/….*$/u, "")].length >= FEWEST ? short : "";
}
