// What is asked when a phase has closed: the table as it is, the seat as it was, and what was told in between.
import type { DatedLine } from "../../../store/log";
import type { Moment } from "../kinds";
import type { Snapshot, Table } from "../snapshot";

export interface Asked {
  room: Table;
  /** The seat when the phase opened. */
  before: Snapshot;
  now: Snapshot;
  /** The lines that were told since. */
  lines: readonly DatedLine[];
  /** What this seat was told before. */
  told: readonly Moment[];
}

/** Return whether a phase has closed, and this one: whoever opens the page in its midst asks what has been decided. */
export function isCloseOf(phase: string, { before, now }: Asked): boolean {
  return before.phase === phase && before !== now;
}

export type Finder = (asked: Asked) => Moment[];
