// The signs of a text as people see them: which make one letter, a minus as wide as a digit, and words that run from
// right to left within a sentence that does not.

const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const [OPENS, CLOSES] = ["\u2068", "\u2069"]; // first strong isolate, pop directional isolate

/** Return words as they are; where some run from right to left, kept apart, so that the sentence stays in order. */
export function isolated(words: string): string {
  return RIGHT_TO_LEFT.test(words) ? `${OPENS}${words}${CLOSES}` : words;
}

/** Return a written number with the sign that is as wide as its digits, not a hyphen. */
export function withMinus(written: string): string {
  return written.replace(/^-/, "\u2212");
}

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : undefined;

/** Return the letters of a text as people see them: an emoji of several signs is one, and so is an accented letter. */
export function letters(text: string): string[] {
  return segmenter ? [...segmenter.segment(text)].map(({ segment }) => segment) : [...text]; // in an older browser
}
