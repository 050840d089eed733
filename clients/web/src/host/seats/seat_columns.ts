// How the seats of each role share three columns, so that the list is as low as it can be. A group goes through its
// columns from above; a group that finds no room beside the one before it begins a row of its own.
export const COLUMNS = 3;
const HEADING = 0.75; // of a row's height

/** Return how many rows a group has in so many columns. */
export function rowsIn(size: number, columns: number): number {
  return Math.ceil(size / columns);
}

/** Return the height of groups that have so many columns each, in rows. */
function heightOf(sizes: readonly number[], spans: readonly number[]): number {
  let [height, tallest, taken] = [0, 0, 0];
  sizes.forEach((size, group) => {
    const span = spans[group] ?? COLUMNS;
    if (taken + span > COLUMNS) [height, tallest, taken] = [height + tallest, 0, 0];
    taken += span;
    tallest = Math.max(tallest, HEADING + rowsIn(size, span));
  });
  return height + tallest;
}

/** Return all ways to give each of so many groups one, two or three columns. */
function ways(groups: number): number[][] {
  if (groups === 0) return [[]];
  return ways(groups - 1).flatMap((rest) => [1, 2, COLUMNS].map((span) => [...rest, span]));
}

/** Return the columns with the last group as wide as its row has room for. */
function filled(spans: readonly number[]): number[] {
  const before = spans.slice(0, -1).reduce((taken, span) => (taken + span > COLUMNS ? span : taken + span), 0);
  return spans.map((span, group) =>
    group < spans.length - 1 ? span : before + span > COLUMNS ? COLUMNS : COLUMNS - before,
  );
}

const MOST_GROUPS = 4;

/** Return the number of columns for each group, in their order. */
export function columnsOf(sizes: readonly number[]): number[] {
  if (sizes.length > MOST_GROUPS) return sizes.map(() => COLUMNS);
  const lower = (one: number[], other: number[]): number[] =>
    heightOf(sizes, other) < heightOf(sizes, one) ? other : one;
  return filled(ways(sizes.length).reduce(lower));
}
