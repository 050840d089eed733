// What waits to take the wall: at most three, the newest of a kind alone, one after the other, each for a few seconds.
import { type Signal, signal } from "@preact/signals";
import type { Kind, Takeover } from "./found";

export const MOST = 3;
/** How long one stays, in milliseconds. */
export const STAYS_MS = 4500;
/** Rolls are thrown on phones first. */
export const ROLLS_WAIT_MS = 6000;
/** Everything else waits until the wall has changed to the next phase. */
export const WAIT_MS = 1200;
const ROLLED: readonly Kind[] = ["missed", "product"];

export class Takeovers {
  /** What is on the wall now. */
  readonly shown: Signal<Takeover | undefined> = signal(undefined);
  private waiting: Takeover[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private held = false;

  /** Add what was found; what is older of the same kind gives way, and of more than three the least. */
  push(found: readonly Takeover[]): void {
    if (found.length === 0) return;
    const kinds = found.map(({ kind }) => kind);
    this.waiting = [...this.waiting.filter(({ kind }) => !kinds.includes(kind)), ...found].slice(-MOST);
    if (this.shown.peek() || this.timer || this.held) return;
    this.after(found.some(({ kind }) => ROLLED.includes(kind)) ? ROLLS_WAIT_MS : WAIT_MS);
  }

  /** While something else is on the wall, what is found waits; what was shown has been seen. */
  hold(held: boolean): void {
    if (held === this.held) return;
    this.held = held;
    this.clearTimer();
    this.shown.value = undefined;
    if (!held && this.waiting.length > 0) this.after(WAIT_MS);
  }

  /** What is told otherwise meanwhile need not be told again; of no kind in particular, nothing that waits. */
  forget(kinds?: readonly Kind[]): void {
    this.waiting = kinds ? this.waiting.filter(({ kind }) => !kinds.includes(kind)) : [];
  }

  /** Whoever has seen it goes on to the next. */
  skip(): void {
    this.clearTimer();
    this.next();
  }

  /** Nothing takes the wall any more, until something new is found. */
  clear(): void {
    this.clearTimer();
    this.waiting = [];
    this.shown.value = undefined;
  }

  private after(ms: number): void {
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.next();
    }, ms);
  }

  private next(): void {
    this.shown.value = this.waiting.shift();
    if (this.shown.peek()) this.after(STAYS_MS);
  }

  private clearTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
