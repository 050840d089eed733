// How wide a text is in a picture, where text neither wraps nor ends by itself: reckoned from its letters, and cut.
import { letters } from "../../texts/signs";

type Widths = readonly (readonly [RegExp, number])[];

// in sizes of the text, as a wide font has them: rather a letter less than one over the edge
const WIDTHS: Widths = [
  [/[\u3000-\uffff]/, 1], // a Han letter is as wide as it is high
  [/[mwMW@%…]/, 1],
  [/[ fijlrtI.,:;'’|!()[\]-]/, 0.42],
  [/\p{Lu}/u, 0.75],
];
/** As the wall's display face has them in bold. */
export const DISPLAY: Widths = [
  [/\u2060/, 0], // joins, and is not seen
  [/[\u3000-\uffff]/, 1],
  [/[W@%]/, 0.99],
  [/[mM]/, 0.95],
  [/w/, 0.87],
  [/[ .,;'’·]/, 0.233],
  [/[ijlI:|!]/, 0.29],
  [/[ft1J()[\]-]/, 0.4],
  [/r/, 0.44],
  [/[csvxzLTZ7]/, 0.57],
  [/[aegkoyF2345]/, 0.61],
  [/[EPSY0689]/, 0.665],
  [/[ABCKRVX]/, 0.7],
  [/[\p{Lu}…]/u, 0.77],
];
const OTHER_LETTER = 0.64;
const NUMBERED = /\s*\p{Nd}+$/u;

function widthOfLetter(letter: string, widths: Widths): number {
  return widths.find(([pattern]) => pattern.test(letter))?.[1] ?? OTHER_LETTER;
}

const MOST_KNOWN = 2000;
const known = new Map<Widths, Map<string, number>>([
  [WIDTHS, new Map()],
  [DISPLAY, new Map()],
]);

/** How wide a text is; a picture that moves asks for the same names in each of its frames. */
function widthIn(widths: Widths, name: string, size: number): number {
  const found = known.get(widths) as Map<string, number>;
  let width = found.get(name);
  if (width === undefined) {
    width = letters(name).reduce((sum, letter) => sum + widthOfLetter(letter, widths), 0);
    if (found.size >= MOST_KNOWN) found.clear();
    found.set(name, width);
  }
  return width * size;
}

export function widthOf(name: string, size: number): number {
  return widthIn(WIDTHS, name, size);
}

/** How wide a text is in the wall's display face. */
export function displayWidth(name: string, size: number): number {
  return widthIn(DISPLAY, name, size);
}

const SLIMMER = 0.96; // than a bold letter, if it is not as wide as it is high

/** How wide a text is in the wall's display face where it is not bold. */
export function regularWidth(name: string, size: number): number {
  const square = name.match(/[\u3000-\uffff]/g)?.length ?? 0;
  return SLIMMER * displayWidth(name, size) + (1 - SLIMMER) * square * size;
}

const ENDS = / |(?<=\p{L})-(?=\p{L})|(?<=[\p{Script=Han}\p{Script=Katakana}])[·・](?=\p{L})/gu;

/** A name in two lines, parted at the blank, or behind the hyphen or dot, that leaves both narrowest; else in one. */
export function linesOf(name: string): string[] {
  const parted = [...name.matchAll(ENDS)].map(({ index }) => [
    name.slice(0, index + 1).trimEnd(),
    name.slice(index + 1),
  ]);
  const wide = (lines: readonly string[]): number => Math.max(...lines.map((line) => displayWidth(line, 1)));
  return parted.sort((one, other) => wide(one) - wide(other))[0] ?? [name];
}

/**
 * Cut a name to a width, with an ellipsis where something is missing; a number at its end stays, since it tells it from
 * others. Letters may stand closer together, by a part of their size.
 */
export function cut(name: string, width: number, size: number, widths: Widths = WIDTHS, closer = 0): string {
  const wide = (text: string): number => widthIn(widths, text, 1) - closer * letters(text).length;
  if (wide(name) * size <= width) return name;
  const number = NUMBERED.exec(name)?.[0].trim() ?? "";
  let room = width / size - wide(`…${number}`);
  const whole = letters(name.replace(NUMBERED, ""));
  const fits = whole.findIndex((letter) => {
    room -= widthOfLetter(letter, widths) - closer;
    return room < 0;
  });
  const kept = whole.slice(0, Math.max(1, fits < 0 ? whole.length : fits)).join("");
  return `${kept.trimEnd()}…${number}`;
}

const TIGHTEST = 0.06; // of the size, between two letters
const ROUNDED = 0.001; // so that a room reckoned from the tightest letters is room for them

/** How a text stands in a room: as it is, with its letters closer together, or cut and as close as they can be. */
export interface Fitted {
  text: string;
  /** What stands between two letters beyond the usual, never more than nothing. */
  spacing: number;
}

/** How wide a text is in the display face with its letters as close as they can be. */
export function tightestWidth(text: string, size: number): number {
  return displayWidth(text, size) - TIGHTEST * size * letters(text).length;
}

/** Return how a text in the display face stands in a room. */
export function fitted(text: string, size: number, room: number): Fitted {
  const over = displayWidth(text, size) - room;
  if (over <= 0) return { text, spacing: 0 };
  const spacing = over / Math.max(1, letters(text).length);
  if (spacing <= TIGHTEST * size + ROUNDED) return { text, spacing: -spacing };
  return { text: cut(text, room, size, DISPLAY, TIGHTEST), spacing: -TIGHTEST * size };
}
