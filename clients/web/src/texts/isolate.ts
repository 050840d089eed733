// Words that run from right to left, within a sentence that does not: kept apart, so that the sentence around them
// stays in order.

const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const [OPENS, CLOSES] = ["\u2068", "\u2069"]; // first strong isolate, pop directional isolate

/** Return words as they are, or isolated where some of them run from right to left. */
export function isolated(words: string): string {
  return RIGHT_TO_LEFT.test(words) ? `${OPENS}${words}${CLOSES}` : words;
}
