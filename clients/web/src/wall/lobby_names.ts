// How a name stands on a tag in the lobby: in more lines and in smaller letters before anything of it is cut.
import { displayWidth, fitted, linesOf } from "../parts/pictures/text_width";

/** How many stand in a row of the lobby, and how large. */
export interface Grid {
  upTo: number;
  columns: number;
  text: number;
}

/** A name on its tag. */
export interface Written {
  lines: readonly string[];
  size: number;
  /** Whether its role is a colour alone. */
  isSlim: boolean;
  /** Whether there is hardly anything beside its letters. */
  isTight: boolean;
  /** What stands between two letters beyond the usual. */
  spacing: number;
}

export const LARGE_CLASS = 30;
const ACROSS = { wide: 1168, crowded: 1208 }; // units, beside the way in
const ROLE = { wide: 1.2, slim: 0.4, crowded: 0.25 }; // how wide it is on a tag, of the class's text
const EDGES = { usual: 0.65, tight: 0.3 }; // of the name's own size, on both sides of it
const USUAL = 28;
const SMALLEST = 21; // nothing else on the wall is as small: rather this than a name that is cut
const OF_MANY = 25; // in a class in which faces are smaller for every line
const THREE_LINES = 21; // little higher than two of the usual size
const LOW_FROM = 43; // people
/** How high a line is, of its size, and what a tag has beyond its lines, in units. */
const HIGH = { line: 1.12, beyond: 3 };

/** How much of a tag there is for a name of a size: more where its role is a colour alone. */
function roomIn({ upTo, columns, text }: Grid, { isSlim, isTight }: Look, size: number): number {
  const kind = upTo > LARGE_CLASS ? "crowded" : "wide";
  const role = ROLE[isSlim && kind === "wide" ? "slim" : kind] * text;
  return (0.97 * ACROSS[kind]) / columns - role - EDGES[isTight ? "tight" : "usual"] * size;
}

type Look = Pick<Written, "isSlim" | "isTight">;

interface Try extends Look {
  lines: number;
  size: number;
}

const USUALLY: Look = { isSlim: false, isTight: false };

const sizes = (from: number, least: number): number[] =>
  Array.from({ length: from - least + 1 }, (_, smaller) => from - smaller);

/**
 * In which ways a name can stand, the best first: the sign of its role gives way before its letters are smaller, and
 * its edges only where nothing else makes it whole.
 */
function triesIn({ upTo }: Grid): Try[] {
  const isLow = upTo >= LOW_FROM;
  const both = (lines: number, size: number): Try[] =>
    [false, true].map((isSlim) => ({ lines, size, isSlim, isTight: false }));
  return [
    ...sizes(USUAL, isLow ? OF_MANY : USUAL).map((size) => ({ lines: 1, size, ...USUALLY })),
    ...sizes(isLow ? OF_MANY : USUAL, SMALLEST).flatMap((size) => both(2, size)),
    ...sizes(THREE_LINES, SMALLEST).flatMap((size) => both(3, size)),
    ...[1, 2, 3].map((lines) => ({ lines, size: SMALLEST, isSlim: true, isTight: true })),
  ];
}

/** A name in at most so many lines. */
function partsOf(name: string, lines: number): readonly string[] {
  if (lines < 2) return [name];
  const two = linesOf(name);
  if (lines < 3) return two;
  const wide = two.map((line) => displayWidth(line, 1));
  const widest = wide.indexOf(Math.max(...wide));
  return two.flatMap((line, at) => (at === widest ? linesOf(line) : [line]));
}

/** Return how a name stands on its tag: cut, in two lines, only where it would be in every way. */
export function written(grid: Grid, name: string): Written {
  for (const { lines: many, size, ...look } of triesIn(grid)) {
    const lines = partsOf(name, many);
    const found = lettersOf(grid, lines, size, look);
    if (found.lines.every((line, at) => line === lines[at])) return found;
  }
  return lettersOf(grid, linesOf(name), grid.upTo < LOW_FROM ? USUAL : SMALLEST, USUALLY);
}

/** Lines on a tag, with their letters closer together or cut where they have to be; a short one is larger. */
function lettersOf(grid: Grid, lines: readonly string[], least: number, look: Look): Written {
  const isLarge = lines.every((line) => displayWidth(line, grid.text) <= roomIn(grid, look, grid.text));
  const size = isLarge && lines.length < 2 ? Math.max(least, grid.text) : least;
  const fits = lines.map((line) => fitted(line, size, roomIn(grid, look, size)));
  return {
    lines: fits.map(({ text }) => text),
    size,
    ...look,
    spacing: Math.min(...fits.map(({ spacing }) => spacing)),
  };
}

/** Return how high the highest tag is that has more than one line, in units; nothing where none has. */
export function highest(names: readonly Written[]): number {
  const high = names.filter(({ lines }) => lines.length > 1).map(({ lines, size }) => HIGH.line * lines.length * size);
  return high.length ? Math.ceil(Math.max(...high) + HIGH.beyond) : 0;
}
