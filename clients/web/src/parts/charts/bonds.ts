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
  return Object.keys(pairs).map((pair) => {
    const [one = 0, other = 0] = pair.split(":").map(Number);
    return { sort, one, other, fresh };
  });
}

function ofTable(view: View, season: number): readonly Bond[] {
  const before = tiesBefore(view, season);
  const ties = view
    .all("maker")
    .flatMap((maker) => pairsOf(maker).flatMap((pair) => bonds("tie", { [pair]: 1 }, !before.has(pair))));
  const deals = view
    .all("deal")
    .map((deal): Bond => ({ sort: "deal", one: deal.maker, other: deal.investor, fresh: deal.season === season }));
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

/** Keep each pair once; the newest counts. */
function once(found: readonly Bond[]): readonly Bond[] {
  const kept = new Map(found.map((bond) => [`${bond.sort} ${bond.one}:${bond.other}`, bond] as const));
  return [...kept.values()];
}
