// One timer for the page: digits change once a second, and nothing ticks while the page is hidden.
import { signal } from "@preact/signals";
import type { Clock } from "./entities";
import type { Room } from "./room";

export const tick = signal(0);

const SILENCE_MS = 3000;
const NEAR_MS = 3_600_000; // before a date so near the time that is left is told as ever

export function startTicking(): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState !== "hidden") tick.value += 1;
  }, 1000);
  return () => clearInterval(timer);
}

export interface Remaining {
  /** Milliseconds; undefined when the phase has no clock. */
  ms: number | undefined;
  paused: boolean;
  /** When the phase closes, by this machine's clock, where it is a date that is not near. */
  date?: number | undefined;
  /** No sign of the server for so long that the clock can't be believed. */
  doubtful: boolean;
}

export function remaining(room: Room): Remaining {
  void tick.value;
  const clock: Partial<Clock> = room.view.single("clock");
  // a game that has ended waits for nobody
  const paused = (clock.paused ?? false) && room.view.single("game").status !== "over";
  const ms = left(room, clock);
  const date = clock.dated && !paused && ms !== undefined && ms > NEAR_MS ? Date.now() + ms : undefined;
  return { ms, paused, date, doubtful: isLost(room) };
}

/** Return how many milliseconds a clock of this room leaves; undefined where there is none. */
export function left(room: Room, clock: Partial<Clock>): number | undefined {
  if (clock.paused) return clock.remaining_ms;
  const now = room.clock.now();
  if (!clock.deadline || now === undefined) return undefined;
  return Math.max(0, clock.deadline - now);
}

/** Return whether the link has been down long enough to say so. */
export function isLost(room: Room): boolean {
  void tick.value;
  const since = room.lostSince.value;
  return since !== undefined && room.link.value !== "stopped" && performance.now() - since > SILENCE_MS;
}
