// Who came in this season, as far as table and log tell. The log tells since when somebody has a desk, a badge or a
// team; a page that came late has its last lines alone, and then the table says what can only be of this season.
import type { Investor, Venture } from "../../store/entities";
import type { Room } from "../../store/room";

/** A venture with the makers who have joined it this season. */
export interface Team {
  venture: Venture;
  makers: readonly number[];
}

/** A space with those who have its badge since this season. */
export interface Door {
  space: number;
  seats: readonly Investor[];
}

export interface Entries {
  founded: readonly Venture[];
  /** Those founded earlier, too. */
  withDesk: readonly Venture[];
  joined: readonly Team[];
  doors: readonly Door[];
}

type Values = { readonly [name: string]: number };

export function entriesOf({ view, log }: Pick<Room, "view" | "log">): Entries {
  const { season = 1 } = view.single("game");
  const isFirst = season === (view.single("run").first_season ?? 1);
  const told = log.lines.value.filter((line) => line.season + line.first_season - 1 === season);
  const isTold = (text: string, values: Values): boolean =>
    told.some((line) => line.text === text && Object.entries(values).every(([name, n]) => line.values?.[name] === n));
  const ventures = view.all("venture");
  const founded = ventures.filter((venture) => venture.founded === season);
  const withDesk = ventures.filter(
    ({ id, space, founded: since }) =>
      space > 0 && (since === season || isTold("venture_admitted", { venture: id, space })),
  );
  const joined = ventures.map((venture) => ({
    venture,
    makers: (venture.cofounders ?? []).filter((maker) => isTold("cofounder_joined", { maker, venture: venture.id })),
  }));
  const doors = view.all("space").map(({ id: space }) => ({
    space,
    seats: view
      .all("investor")
      .filter(
        ({ seat, badges }) => badges?.includes(space) && (isFirst || isTold("badge_given", { investor: seat, space })),
      ),
  }));
  return {
    founded,
    withDesk,
    joined: joined.filter(({ makers }) => makers.length > 0),
    doors: doors.filter(({ seats }) => seats.length > 0),
  };
}

/** The steps in which they are told: makers and what they make, and investors. */
export type EntriesStep = "makers" | "investors";

/** Return the steps in which anything is told. */
export function entrySteps({ founded, withDesk, joined, doors }: Entries): readonly EntriesStep[] {
  const steps: EntriesStep[] = [];
  if (founded.length + withDesk.length + joined.length > 0) steps.push("makers");
  if (doors.length > 0) steps.push("investors");
  return steps;
}
