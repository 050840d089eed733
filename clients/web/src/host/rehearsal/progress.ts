// How far a rehearsal is: kept in this tab, so that a reload loses nothing, and carried into the room that *again*
// opens.
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { session } from "../../storage";
import { doneBy, freedBy, type Seen, STEPS, type Step } from "./steps";

interface Kept {
  room: string;
  done: readonly Step[];
  skipped: readonly Step[];
  freed: readonly number[];
}

const NAME = "ms.rehearsal";

function fresh(room: string): Kept {
  return { room, done: [], skipped: [], freed: [] };
}

function inOrder(steps: readonly Step[]): Step[] {
  return STEPS.filter((step) => steps.includes(step));
}

/** A rehearsal begins anew. */
export function forgetProgress(): void {
  session.remove(NAME);
}

export class Progress {
  private readonly kept = signal<Kept>(fresh(""));
  private before: Seen | undefined;

  /** The step that is to be done now; nothing once all are done or left out. */
  readonly now: ReadonlySignal<Step | undefined> = computed(() => STEPS.find((step) => !this.isPast(step)));

  /**
   * Begin, or go on where this tab was; `isNext`: a room that this tab does not know is the one that *again* opened.
   */
  constructor(room: string, isNext: boolean) {
    const known = session.read<Kept>(NAME);
    if (known?.room === room) this.keep(known);
    else this.keep(known && isNext ? { ...known, room, done: inOrder([...known.done, "again"]) } : fresh(room));
  }

  isDone(step: Step): boolean {
    return this.kept.value.done.includes(step);
  }

  isPast(step: Step): boolean {
    return this.isDone(step) || this.kept.value.skipped.includes(step);
  }

  /** The room has come so far. */
  see(now: Seen): void {
    const before = this.before ?? now;
    this.before = now;
    const kept = this.kept.peek();
    const freed = [...new Set([...kept.freed, ...freedBy(now, before)])];
    const done = inOrder([...kept.done, ...doneBy(now, before, freed)]);
    if (done.length > kept.done.length || freed.length > kept.freed.length) this.keep({ ...kept, done, freed });
  }

  skip(step: Step): void {
    const kept = this.kept.peek();
    this.keep({ ...kept, skipped: [...kept.skipped, step] });
  }

  /** Take a step up again that was left out. */
  takeUp(step: Step): void {
    const kept = this.kept.peek();
    this.keep({ ...kept, skipped: kept.skipped.filter((each) => each !== step) });
  }

  private keep(kept: Kept): void {
    this.kept.value = kept;
    session.write(NAME, kept);
  }
}
