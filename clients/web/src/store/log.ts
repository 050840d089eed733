// The log as this page has been told it: each line with the season and the phase that it belongs to, each of them once.
// Lines come with updates and name no time; a reconnect or a reload brings some of them again.
import { signal } from "@preact/signals";
import type { Line } from "../protocol/frames";

/** When something happened: the season as the game counts it, through all of its runs. */
export interface Moment {
  season: number;
  phase: string;
}

export interface DatedLine extends Line {
  number: number;
  season: number; // of the run, from 1
  phase: string;
  first_season: number; // of the run, as the game counts
}

/** What the table says while lines come in. */
export interface Telling {
  /** The phase that is open now. */
  now: Moment;
  /** The run that is played, from 1, and its first season. */
  run: number;
  firstSeason: number;
  /** Whether they are told to a seat: a seat is told lines again, with the opening of each one's phase. */
  isSeat: boolean;
}

const LOBBY: Moment = { season: 0, phase: "" };
const LINES_KEPT = 200;

export class Log {
  readonly lines = signal<readonly DatedLine[]>([]);
  /** The number of the newest line when the list of them was looked through last. */
  readonly read = signal(0);
  /** How many lines were told so far. */
  told = 0;

  private again = 0; // up to this `seq` lines are told again
  private readBefore = 0; // the last `seq` that was read, on this page before it was loaded anew
  private run = 1;

  /** The link is there: lines up to `again` will be told once more, and those up to `readBefore` were read. */
  welcome(again: number, readBefore: number): void {
    this.again = again;
    this.readBefore = readBefore;
  }

  /** The room's history is not the one that was told: what was told of it is no news of this one. */
  forget(): void {
    this.lines.value = [];
    this.read.value = 0;
  }

  /** Add the lines of one update. */
  take(lines: readonly Line[], telling: Telling): void {
    // what another run has left goes by numbers that are dealt anew
    const known = telling.run === this.run ? this.lines.peek() : [];
    this.run = telling.run;
    const fresh = lines.filter((line) => !this.isGone(line, known[0]) && !known.some((old) => isSame(old, line)));
    const added = this.dated(fresh, telling)
      .filter((line) => !this.isOfRunBefore(line, telling))
      .map((line) => this.numbered(line, telling.firstSeason));
    this.lines.value = [...known, ...added].slice(-LINES_KEPT);
    const read = added.filter(({ seq = Infinity }) => seq <= this.readBefore).at(-1);
    if (read) this.read.value = Math.max(this.read.peek(), read.number);
  }

  /** The list of lines has been looked through; return the newest of them. */
  lookThrough(): DatedLine | undefined {
    const newest = this.lines.peek().at(-1);
    if (newest) this.read.value = newest.number;
    return newest;
  }

  private numbered(line: Line & Moment, firstSeason: number): DatedLine {
    this.told += 1;
    return { ...line, number: this.told, season: line.season - firstSeason + 1, first_season: firstSeason };
  }

  private isAgain({ seq = Infinity }: Line): boolean {
    return seq <= this.again;
  }

  /** Return whether a line that is told again happened before all that this page has kept. */
  private isGone(line: Line, first: Line | undefined): boolean {
    return this.isAgain(line) && (line.seq ?? Infinity) < (first?.seq ?? 0);
  }

  /** Return whether a line that is told again to a seat is left from a run before. */
  private isOfRunBefore(line: Line & Moment, { run, firstSeason, isSeat }: Telling): boolean {
    return run > 1 && isSeat && this.isAgain(line) && line.season < firstSeason;
  }

  /** Say of each line when it happened; a line of which that can't be known is left out. */
  private dated(lines: readonly Line[], telling: Telling): (Line & Moment)[] {
    const openings = lines.filter((line) => line.text === "phase_opened");
    const before = openings.length > 0 ? this.before(lines[0], telling) : telling.now;
    return lines.flatMap((line) => {
      const opening = openings.filter(({ seq = 0 }) => seq <= (line.seq ?? 0)).at(-1);
      const moment = opening ? momentOf(opening) : before;
      return moment ? [{ ...line, ...moment }] : [];
    });
  }

  /**
   * Return when lines happened that come before the first opening among them: in the phase of the line before. Where
   * none is known, a seat that is told the log again begins in the lobby, and one that has missed nothing is in the
   * open phase; for others it is the rest of a phase whose opening is not told any more.
   */
  private before(first: Line | undefined, { now, isSeat }: Telling): Moment | undefined {
    const last = this.lines.peek().at(-1);
    if (last) return { season: last.season + last.first_season - 1, phase: last.phase };
    if (!isSeat) return undefined;
    return first && this.isAgain(first) ? LOBBY : now;
  }
}

/** The opening of a phase is a line too, and comes with what closed the one before. */
function momentOf({ values }: Line): Moment {
  return { season: Number(values?.["season"]), phase: String(values?.["phase"]) };
}

function isSame(one: Line, other: Line): boolean {
  return (
    one.seq === other.seq && one.text === other.text && JSON.stringify(one.values) === JSON.stringify(other.values)
  );
}
