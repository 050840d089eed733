// Which ties of a street stand out where there are too many to follow: those between the makers who have most of them,
// so that one sees how far the ties hang on a few.
import type { Bond } from "./town";

const FOLLOWED = 16; // ties that an eye can follow at once, from the back of the room
const STRONG = 8;

/** Return the ties that are drawn strong: all of a few, and of many the heaviest. */
export function heaviest(ties: readonly Bond[]): readonly Bond[] {
  if (ties.length <= FOLLOWED) return ties;
  const degrees = degreesOf(ties);
  const weight = ({ one, other }: Bond): number => (degrees.get(one) ?? 0) + (degrees.get(other) ?? 0);
  return [...ties].sort((a, b) => weight(b) - weight(a)).slice(0, STRONG);
}

/** Return the seats at the ends of ties, who has most of all ties first. */
export function endsOf(strong: readonly Bond[], ties: readonly Bond[]): number[] {
  const degrees = degreesOf(ties);
  const ends = [...new Set(strong.flatMap(({ one, other }) => [one, other]))];
  return ends.sort((a, b) => (degrees.get(b) ?? 0) - (degrees.get(a) ?? 0) || a - b);
}

function degreesOf(ties: readonly Bond[]): ReadonlyMap<number, number> {
  const degrees = new Map<number, number>();
  for (const seat of ties.flatMap(({ one, other }) => [one, other])) degrees.set(seat, (degrees.get(seat) ?? 0) + 1);
  return degrees;
}
