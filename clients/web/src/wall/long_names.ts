// Names where a place has more than one line for them: whole, as large as their widest part has room for in one. A line
// ends behind a blank, a hyphen or a dot between Chinese letters, and within a Chinese part only where that has no room
// in a line; `.name-lines` has the browser do the same.
import { cut, DISPLAY, displayWidth, regularWidth } from "../parts/pictures/text_width";
import { wholeName } from "../store/names";
import type { View } from "../store/view";

const SMALLEST = 28;

/** What there is for a name. */
export interface Place {
  /** How wide a line is, in units. */
  room: number;
  /** How many lines there are, if not as many as it takes. */
  lines?: number;
  /** Whether its letters are bold. */
  bold?: boolean;
}

const JOINER = "\u2060"; // has no width, and no line ends beside it
const DOTS = /(?<=[\p{Script=Han}\p{Script=Katakana}])(?=[·・]\p{L})/gu;

/** Return a text in which no line begins with a dot between Chinese letters. */
export function withDotsBehind(text: string): string {
  return text.replace(DOTS, JOINER);
}

/** Return a seat's name as a place has it: as it is, or with its lines, where the last has to be cut. */
export function nameInLines(view: View, seat: number, place: Place): string {
  const name = withDotsBehind(wholeName(view, seat));
  const found = linesAt(SMALLEST, name, place);
  const last = found.findIndex(
    (line, at) => widthIn(place, line, SMALLEST) > place.room || (at + 1 === place.lines && at + 1 < found.length),
  );
  if (last < 0) return name;
  const whole = found.slice(0, last).map((line) => line.trimEnd());
  return [...whole, cut(found.slice(last).join(""), place.room, SMALLEST, DISPLAY)].join("\n");
}

/** Return the size, in units, at which each part of a text has room in a line, and all of it in a place's lines. */
export function sizeOfWords(text: string, place: Place): number {
  const { room, lines = Number.POSITIVE_INFINITY } = place;
  let size = Math.floor(room / Math.max(1, ...partsOf(text, place).map((part) => widthIn(place, part, 1))));
  while (size > SMALLEST && linesAt(size, text, place).length > lines) size -= 1;
  return Math.max(SMALLEST, size);
}

/** Return whether a text has room in a place, if need be in the smallest letters. */
export function isWholeIn(text: string, place: Place): boolean {
  const lines = linesAt(SMALLEST, text, place);
  const isRoom = lines.every((line) => widthIn(place, line, SMALLEST) <= place.room);
  return isRoom && lines.length <= (place.lines ?? lines.length);
}

const ENDS = /(?<=[ \n])|(?<=\p{L}-)(?=\p{L})|(?<=[\p{Script=Han}\p{Script=Katakana}]\u2060?[·・])(?=\p{L})/u;
const BETWEEN_LETTERS = /(?<=\p{Script=Han})(?=\p{Script=Han})/u;

/** How wide a line is, without the blank at its end. */
function widthIn({ bold }: Place, line: string, size: number): number {
  return (bold ? displayWidth : regularWidth)(line.trimEnd(), size);
}

/** The parts of a text that no line breaks. */
function partsOf(text: string, place: Place): string[] {
  return text
    .split(ENDS)
    .flatMap((part) => (widthIn(place, part, SMALLEST) > place.room ? part.split(BETWEEN_LETTERS) : [part]));
}

/** The lines that a text takes at a size. */
function linesAt(size: number, text: string, place: Place): string[] {
  const lines = [""];
  for (const part of partsOf(text, place)) {
    const line = lines.at(-1) ?? "";
    const isNext = line !== "" && widthIn(place, `${line}${part}`, size) > place.room;
    if (isNext || line.endsWith("\n")) lines.push(part);
    else lines[lines.length - 1] = `${line}${part}`;
  }
  return lines;
}
