// How wide a text is in a picture, where text neither wraps nor ends by itself: reckoned from its letters, and cut.
import { letters } from "../../texts/signs";

// in sizes of the text, as the display face has them in bold: rather a letter less than one over the edge
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[\u3000-\uffff]/, 1], // a Han letter is as wide as it is high
  [/[mwMW@%]/, 0.98],
  [/[ ijlI.,:;'’|!]/, 0.3],
  [/[frt()[\]-]/, 0.44],
  [/\p{Lu}/u, 0.74],
];
const OTHER_LETTER = 0.64;
const ELLIPSIS = 0.8;
const NUMBERED = /\s*\p{Nd}+$/u;

function widthOfLetter(letter: string): number {
  return WIDTHS.find(([pattern]) => pattern.test(letter))?.[1] ?? OTHER_LETTER;
}

export function widthOf(name: string, size: number): number {
  return letters(name).reduce((sum, letter) => sum + widthOfLetter(letter) * size, 0);
}

/**
 * Cut a name to a width, with an ellipsis where something is missing; a number at its end stays, since it tells it from
 * others.
 */
export function cut(name: string, width: number, size: number): string {
  if (widthOf(name, size) <= width) return name;
  const number = NUMBERED.exec(name)?.[0].trim() ?? "";
  let room = width / size - ELLIPSIS - widthOf(number, 1);
  const whole = letters(name.replace(NUMBERED, ""));
  const fits = whole.findIndex((letter) => {
    room -= widthOfLetter(letter);
    return room < 0;
  });
  return `${whole.slice(0, Math.max(1, fits < 0 ? whole.length : fits)).join("")}…${number}`;
}
