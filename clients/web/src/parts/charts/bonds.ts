// Ties and deals up to a season, each with whether it is of that season: from the debrief where there is one, else from
// what lies on the table. Which shares makers hold in each other is known of the end alone.

import type { ByNumber } from "../../store/entities";
import type { View } from "../../store/view";
import { debriefOf, pairsOf, seasonsIn, tiesBefore } from "../results/debrief_data";

export interface Bond {
  sort: "tie" | "deal";
  one: number;
  other: number;
  fresh: boolean;
  /** How many deals of the two there are; one for a tie. */
  many: number;
}

export function seasonsOfNetwork(view: View): number[] {
  return seasonsIn(debriefOf(view)?.network ?? {});
}

export function bondsOf(view: View, season: number): readonly Bond[] {
  const seasons = debriefOf(view)?.network ?? {};
  if (Object.keys(seasons).length === 0) return ofTable(view, season);
  const past = Object.entries(seasons).filter(([each]) => Number(each) <= season);
  const found = past.flatMap(([each, { ties = {}, deals = {} }]) => {
    const fresh = Number(each) === season;
    return [...bonds("tie", ties, fresh), ...bonds("deal", deals, fresh)];
  });
  return once(found);
}

function bonds(sort: Bond["sort"], pairs: ByNumber, fresh: boolean): Bond[] {
  return Object.entries(pairs).map(([pair, count]) => {
    const [one = 0, other = 0] = pair.split(":").map(Number);
    return { sort, one, other, fresh, many: sort === "deal" ? count : 1 };
  });
}

function ofTable(view: View, season: number): readonly Bond[] {
  const before = tiesBefore(view, season);
  const ties = view
    .all("maker")
    .flatMap((maker) => pairsOf(maker).flatMap((pair) => bonds("tie", { [pair]: 1 }, !before.has(pair))));
  const deals = view.all("deal").map(
    ({ maker, investor, season: of }): Bond => ({
      sort: "deal",
      one: maker,
      other: investor,
      fresh: of === season,
      many: 1,
    }),
  );
  return once([...ties, ...deals]);
}

export interface Holding {
  /** The maker who holds the shares, and the one who leads the venture. */
  holder: number;
  lead: number;
  /** In hundredths of a per cent. */
  shares: number;
}

/** Return what makers hold in living ventures that others lead, as it stands now. */
export function holdingsOf(view: View): readonly Holding[] {
  const makers = new Set(view.all("maker").map(({ seat }) => seat));
  return view
    .all("venture")
    .filter(({ closed }) => !closed)
    .flatMap(({ lead, shares }) =>
      Object.entries(shares)
        .map(([seat, held]) => ({ holder: Number(seat), lead, shares: held }))
        .filter(({ holder, shares: held }) => holder !== lead && held > 0 && makers.has(holder)),
    );
}

/** Keep each pair once, with all its deals; the newest counts. */
function once(found: readonly Bond[]): readonly Bond[] {
  const kept = new Map<string, Bond>();
  for (const bond of found) {
    const pair = `${bond.sort} ${bond.one}:${bond.other}`;
    const before = bond.sort === "deal" ? (kept.get(pair)?.many ?? 0) : 0;
    kept.set(pair, { ...bond, many: before + bond.many });
  }
  return [...kept.values()];
}

const FOLLOWED = 40; // lines across that an eye can follow
const STRONG = 24; // of more, as many stand out at most

/** Return from how many deals on a pair stands out: one, unless there are more pairs than an eye can follow. */
export function strongFrom(found: readonly Bond[]): number {
  const counts = found.filter(({ sort }) => sort === "deal").map(({ many }) => many);
  if (counts.length <= FOLLOWED) return 1;
  const most = Math.max(...counts);
  const isFew = (least: number): boolean => counts.filter((many) => many >= least).length <= STRONG;
  return Array.from({ length: most }, (_, index) => index + 2).find(isFew) ?? most + 1;
}
