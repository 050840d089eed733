/** Return a written number with the sign that is as wide as its digits, not a hyphen. */
export function withMinus(written: string): string {
  return written.replace(/^-/, "\u2212");
}
