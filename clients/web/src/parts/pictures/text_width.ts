// How wide a text is in a picture, where text neither wraps nor ends by itself: reckoned from its letters, and cut.
import { letters } from "../../texts/signs";

// in sizes of the text, as a wide font has them: rather a letter less than one over the edge
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[\u3000-\uffff]/, 1], // a Han letter is as wide as it is high
  [/[mwMW@%]/, 1],
  [/[ fijlrtI.,:;'’|!()[\]-]/, 0.42],
  [/\p{Lu}/u, 0.75],
];
const OTHER_LETTER = 0.64;
const ELLIPSIS = 1;

function widthOfLetter(letter: string): number {
  return WIDTHS.find(([pattern]) => pattern.test(letter))?.[1] ?? OTHER_LETTER;
}

export function widthOf(name: string, size: number): number {
  return letters(name).reduce((sum, letter) => sum + widthOfLetter(letter) * size, 0);
}

/** Cut a name to a width, with an ellipsis where something is missing. */
export function cut(name: string, width: number, size: number): string {
  if (widthOf(name, size) <= width) return name;
  let room = width / size - ELLIPSIS;
  const whole = letters(name);
  const fits = whole.findIndex((letter) => {
    room -= widthOfLetter(letter);
    return room < 0;
  });
  return `${whole.slice(0, Math.max(1, fits)).join("")}…`;
}
