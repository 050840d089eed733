// The moments of this seat: which wait to be seen, and all that were told, as its own story. Kept in this browser for
// the person who sits there, since the table tells only how it is now.
import { effect, type Signal, signal } from "@preact/signals";
import { undoneIn } from "../../parts/page/news";
import { local } from "../../storage";
import type { DatedLine } from "../../store/log";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import { momentsAtOnce, momentsOfClose } from "./found/all";
import type { Moment } from "./kinds";
import { type Snapshot, snapshotOf } from "./snapshot";

const MOST = 3; // that lie before a question
const MOST_ROOMS = 20;
const HURRY = 1 / 3; // of the phase's time: with less left nothing lies in the way
const START = "ms.moments.";
const MOST_PHASES = 100; // more than a season has
const AMID = 0.5; // what comes while a phase is open is undone by going back to its start

interface Kept {
  at: number;
  opened: Snapshot;
  /** The milliseconds that the phase had when it was first seen; undefined: no clock. */
  full: number | undefined;
  known: readonly string[];
  rewound: number;
  told: readonly Moment[];
  waiting: readonly string[];
  demand?: Snapshot["demand"];
}

export class OwnStory {
  readonly told = signal<readonly Moment[]>([]);
  /** Those that wait to be seen, the first one on top. */
  readonly waiting: Signal<readonly Moment[]> = signal([]);
  /** What people would have spent in the season before, by sector. */
  readonly lastDemand = signal<Snapshot["demand"]>(undefined);
  /** How many came together, of which those wait that nobody has seen. */
  came = 0;
  /** When the newest of them came, by the page's clock. */
  arrived = Number.NEGATIVE_INFINITY;
  /** Whether they came with a new phase, and not in the middle of one. */
  atOpening = true;

  private known: ReadonlySet<string> = new Set();
  private opened: Snapshot | undefined; // the seat when the phase opened
  private last: Snapshot | undefined;
  private full: number | undefined;
  private rewound = 0; // the `seq` of the last going back that this story knows

  constructor(private readonly room: Room) {}

  /** Look at the table after each of its changes, until the function that is returned is called. */
  watch(): () => void {
    return effect(() => this.look());
  }

  /** What is on top has been seen. */
  next(): void {
    this.waiting.value = this.waiting.peek().slice(1);
    this.keep();
  }

  /** Whoever is in a hurry finds the rest in the story. */
  skip(): void {
    this.waiting.value = [];
    this.keep();
  }

  /** Return whether so little time is left that nothing may lie before the question. */
  isHurried(): boolean {
    const { ms } = remaining(this.room);
    return ms !== undefined && this.full !== undefined && ms < this.full * HURRY;
  }

  private look(): void {
    const { status } = this.room.view.single("game");
    if (status !== "running") return;
    const now = snapshotOf(this.room);
    this.room.log.lines.value; // a teacher is named in a line
    this.follow(this.opened ?? this.begin(now), now);
    this.last = now;
  }

  private follow(opened: Snapshot, now: Snapshot): void {
    const isBack = this.hearsOfGoingBack(now) || orderOf(now) < orderOf(opened);
    if (opened.run !== now.run) this.beginAnew(now);
    else if (isBack) this.goBack(now);
    else if (opened.season !== now.season || opened.phase !== now.phase) this.phaseChanged(opened, now);
    else if (this.last) this.arrive(momentsAtOnce(this.asked(this.last, now)), false);
  }

  /** Return whether the host has gone back to the start of this phase since this was asked last. */
  private hearsOfGoingBack({ season, phase }: Snapshot): boolean {
    const lines = this.room.log.lines.peek();
    const line = lines.filter(({ text }) => text === "rewound").at(-1);
    const seq = line?.seq ?? 0;
    if (!line || seq <= this.rewound) return false;
    this.rewound = seq;
    return line.values?.["season"] === season && line.values["phase"] === phase;
  }

  /** Go on where this browser was; else what has been decided before is no news. */
  private begin(now: Snapshot): Snapshot {
    const kept = local.read<Kept>(this.key());
    if (!kept) return this.beginAnew(now);
    this.opened = kept.opened;
    this.full = kept.full;
    this.rewound = kept.rewound ?? 0; // an older page has kept none
    this.known = new Set(kept.known);
    this.told.value = kept.told;
    this.lastDemand.value = kept.demand;
    this.waiting.value = kept.told.filter((moment) => kept.waiting.includes(moment.id));
    this.came = this.waiting.peek().length;
    return kept.opened;
  }

  /** Another of the room's games deals everything anew, numbers too: what was told of the one before is over. */
  private beginAnew(now: Snapshot): Snapshot {
    this.told.value = [];
    this.lastDemand.value = undefined;
    this.restart(now);
    return now;
  }

  /** Count from here: nothing waits, and what is decided as it stands is no news. */
  private restart(now: Snapshot): void {
    this.opened = now;
    this.full = remaining(this.room).ms;
    this.waiting.value = [];
    this.came = 0;
    const decided = momentsOfClose(this.asked(now, now));
    this.known = new Set([...this.told.peek(), ...decided].map((moment) => moment.id));
    this.keep();
  }

  private phaseChanged(before: Snapshot, now: Snapshot): void {
    if (before.season !== now.season) this.lastDemand.value = before.demand;
    this.full = remaining(this.room).ms;
    this.opened = now;
    this.waiting.value = [];
    const { wild = 0 } = this.last ?? before; // sealed while the phase was open
    this.arrive(momentsOfClose(this.asked({ ...before, wild }, now)), true);
    this.keep();
  }

  /** The host has gone back: what came of what is undone has not been. */
  private goBack(now: Snapshot): void {
    this.told.value = this.told.peek().filter((moment) => (moment.order ?? 0) <= orderOf(now));
    this.restart(now);
  }

  private arrive(found: readonly Moment[], atOpening: boolean): void {
    const order = this.opened ? orderOf(this.opened) + (atOpening ? 0 : AMID) : 0;
    const fresh = found.filter((moment) => !this.known.has(moment.id)).map((moment) => ({ ...moment, order }));
    if (fresh.length === 0) return;
    this.known = new Set([...this.known, ...fresh.map((moment) => moment.id)]);
    this.told.value = [...this.told.peek(), ...fresh];
    this.arrived = performance.now();
    this.atOpening = atOpening;
    if (!this.isHurried()) this.waiting.value = [...this.waiting.peek(), ...fresh].slice(0, MOST);
    this.came = this.waiting.peek().length;
    this.keep();
  }

  private asked(before: Snapshot, now: Snapshot) {
    return { room: this.room, before, now, lines: since(this.room, before), told: this.told.peek() };
  }

  private key(): string {
    return `${START}${this.room.code.peek()}.${this.room.who()}`;
  }

  private keep(): void {
    if (!this.opened) return;
    const kept: Kept = {
      at: Date.now(),
      opened: this.opened,
      full: this.full,
      known: [...this.known],
      rewound: this.rewound,
      told: this.told.peek(),
      waiting: this.waiting.peek().map((moment) => moment.id),
      ...(this.lastDemand.peek() ? { demand: this.lastDemand.peek() } : {}),
    };
    local.write(this.key(), kept);
    tidy();
  }
}

/** Return a number that rises from phase to phase. */
function orderOf({ season, phaseNumber }: Snapshot): number {
  return season * MOST_PHASES + phaseNumber;
}

/** Return the lines that were told since a phase opened, but those that were taken back. */
function since(room: Room, { season, phase }: Snapshot): DatedLine[] {
  const lines = room.log.lines.peek();
  const start = lines
    .map(({ text, values = {} }) => text === "phase_opened" && values["season"] === season && values["phase"] === phase)
    .lastIndexOf(true);
  const undone = undoneIn(lines);
  return start < 0 ? [] : lines.slice(start + 1).filter((line) => !undone.has(line.number));
}

function tidy(): void {
  const found = local.names().filter((name) => name.startsWith(START));
  const age = (name: string): number => local.read<Kept>(name)?.at ?? 0;
  for (const name of found.sort((one, other) => age(other) - age(one)).slice(MOST_ROOMS)) local.remove(name);
}

const stories = new WeakMap<Room, OwnStory>();

/** Return the story of the seat that a page is for. */
export function ownStory(room: Room): OwnStory {
  const found = stories.get(room) ?? new OwnStory(room);
  stories.set(room, found);
  return found;
}
