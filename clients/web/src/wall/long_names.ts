// Names where a place has more than one line for them: whole, as large as their widest word has room for in one.
import { displayWidth, fitted, linesOf, widestWord } from "../parts/pictures/text_width";
import { wholeName } from "../store/names";
import type { View } from "../store/view";

const SMALLEST = 28;

/** Return a seat's name for lines of so much room, in units; it is cut where one of its words fits in no line. */
export function nameInLines(view: View, seat: number, room: number): string {
  const name = wholeName(view, seat);
  return widestWord(name) * SMALLEST <= room ? name : fitted(name, SMALLEST, room).text;
}

/** Return the size, in units, at which each word of a text has room in a line. */
export function sizeOfWords(text: string, room: number): number {
  return Math.max(SMALLEST, Math.floor(room / Math.max(1, widestWord(text))));
}

function inTwoLines(text: string, room: number): number {
  return Math.floor(room / Math.max(1, ...linesOf(text).map((line) => displayWidth(line, 1))));
}

/** Return the size, in units, at which a text has room in two lines. */
export function sizeInTwoLines(text: string, room: number): number {
  return Math.max(SMALLEST, inTwoLines(text, room));
}

/** Return whether a text has room in two lines, if need be in the smallest letters. */
export function fitsTwoLines(text: string, room: number): boolean {
  return inTwoLines(text, room) >= SMALLEST;
}
