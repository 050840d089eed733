// Who sits in which row: as many in each, in the order of their seats. Where names would be cut for that, some rows
// have more people and others fewer; and where that is not enough, whoever has a long name sits beside short ones.

/** What a row is asked for. */
export interface Asked {
  rows: number;
  /** How many people a row has at most. */
  most: number;
  /** How wide the place of each is at least. */
  widths: readonly number[];
  /** Where one row has to have all long names in two lines: how wide everybody is in one, and how wide a row. */
  together?: { widths: readonly number[]; room: number } | undefined;
  /** How many names are cut in a row of these people. */
  cutIn: (row: readonly number[]) => number;
}

type Rows = readonly (readonly number[])[];

/** Return who sits in each row: each by their number, from nothing up. */
export function rowsOf(asked: Asked): Rows {
  const rows = asked.together && longTogether(asked, asked.together);
  if (rows) return rows;
  const people = asked.widths.map((_, at) => at);
  const starts = Array.from({ length: asked.rows + 1 }, (_, row) => Math.ceil((row * people.length) / asked.rows));
  let best: Rows = starts.slice(1).map((until, row) => people.slice(starts[row], until)); // of seven in three 3, 2, 2
  let least = sum(best.map(asked.cutIn));
  for (const other of [inOrder, byWidth]) {
    const next = least > 0 && asked.rows > 1 ? other(asked) : best;
    const cut = next === best ? least : sum(next.map(asked.cutIn));
    if (cut < least) [best, least] = [next, cut];
  }
  return best;
}

interface Parts {
  rows: Rows;
  cost: number;
}

const CUT = 10_000; // weighs more than however unlike rows are

/** In the order of their seats: the rows in which fewest names are cut, and of those the most alike. */
function inOrder({ rows, most, widths, cutIn }: Asked): Rows {
  const usual = widths.length / rows;
  const people = widths.map((_, at) => at);
  let ends = new Map<number, Parts>([[0, { rows: [], cost: 0 }]]); // by how many people sit in the rows so far
  const known = new Map<string, number>();
  const costOf = (from: number, until: number): number => {
    const key = `${from} ${until}`;
    const cost = known.get(key) ?? cutIn(people.slice(from, until)) * CUT + (until - from - usual) ** 2;
    known.set(key, cost);
    return cost;
  };
  for (let row = 0; row < rows; row += 1) {
    const next: typeof ends = new Map();
    for (const [from, before] of ends) {
      for (let until = from + 1; until <= Math.min(widths.length, from + most); until += 1) {
        const cost = before.cost + costOf(from, until);
        if (cost >= (next.get(until)?.cost ?? Number.POSITIVE_INFINITY)) continue;
        next.set(until, { rows: [...before.rows, people.slice(from, until)], cost });
      }
    }
    ends = next;
  }
  return ends.get(widths.length)?.rows ?? [people];
}

/** The widest first, each where there is most room: the rows are about as wide as each other. */
function byWidth({ rows, most, widths }: Asked): Rows {
  const all = Array.from({ length: rows }, () => ({ wide: 0, here: [] as number[] }));
  const widest = widths.map((width, at) => ({ width, at })).sort((one, other) => other.width - one.width);
  for (const { width, at } of widest) {
    const [row] = all.filter(({ here }) => here.length < most).sort((one, other) => one.wide - other.wide);
    row?.here.push(at);
    if (row) row.wide += width;
  }
  return inSeats(all.map(({ here }) => here));
}

/** The longest names in one row, as many as it takes for the others to have room in one line. */
function longTogether(asked: Asked, { widths, room }: NonNullable<Asked["together"]>): Rows | undefined {
  const byLength = widths.map((_, at) => at).sort((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0));
  const of = (row: readonly number[]): number[] => row.map((at) => widths[at] ?? 0);
  for (let many = 1; many <= asked.most; many += 1) {
    const [long, others] = [byLength.slice(0, many), byLength.slice(many)];
    if (asked.rows < 2 || asked.cutIn(long) > 0) return undefined;
    if (others.length > (asked.rows - 1) * asked.most) continue;
    const rest = byWidth({ ...asked, rows: asked.rows - 1, widths: of(others) });
    const rows = rest.map((row) => row.map((at) => others[at] ?? 0));
    if (rows.every((row) => sum(of(row)) <= room)) return inSeats([long, ...rows]);
  }
  return undefined;
}

/** Rows and those in them, in the order of their seats. */
function inSeats(rows: Rows): Rows {
  const sorted = rows.map((row) => [...row].sort((one, other) => one - other));
  return sorted.sort(([one = 0], [other = 0]) => one - other);
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
