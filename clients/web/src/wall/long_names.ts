// Names where a place has more than one line for them: whole, as large as their widest word has room for in one.
import { BREAKS, displayWidth, fitted, linesOf, widestWord } from "../parts/pictures/text_width";
import { seatName, wholeName } from "../store/names";
import type { View } from "../store/view";

const SMALLEST = 28;

/** Return a seat's name for so many lines of so much room, in units; it is cut where it does not fit in them. */
export function nameInLines(view: View, seat: number, room: number, lines = Number.POSITIVE_INFINITY): string {
  const name = wholeName(view, seat);
  if (widestWord(name) * SMALLEST > room) return fitted(name, SMALLEST, room).text;
  return linesTaken(name, room / SMALLEST) <= lines ? name : seatName(view, seat);
}

/** Return the size, in units, at which each word of a text has room in a line, and all of it in so many lines. */
export function sizeOfWords(text: string, room: number, lines = Number.POSITIVE_INFINITY): number {
  let size = Math.floor(room / Math.max(1, widestWord(text)));
  while (size > SMALLEST && linesTaken(text, room / size) > lines) size -= 1;
  return Math.max(SMALLEST, size);
}

const PARTS = new RegExp(BREAKS.source.replace(" ", "(?<= )"), "u");

/** How many lines a text takes that are so wide, in the wall's display face, in sizes of the text. */
function linesTaken(text: string, room: number): number {
  let [line, lines] = ["", 1];
  for (const part of text.split(PARTS)) {
    const isNext = line !== "" && displayWidth(`${line}${part}`.trimEnd(), 1) > room;
    line = isNext ? part : `${line}${part}`;
    lines += Number(isNext);
  }
  return lines;
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
