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

export type Finder = (asked: Asked) => Moment[];
