// How a seat stands, for the one who looks after all of them: who asks for something comes first, then who is away,
// then who still thinks, then who is ready.
import { hasCome } from "../../store/come";
import type { Seat } from "../../store/entities";
import { isAway, stillChoosing } from "../../store/presence";
import type { Room } from "../../store/room";
import type { View } from "../../store/view";

export const STATES = ["help", "time", "role", "away", "waiting", "ready", "here", "free"] as const;
export type State = (typeof STATES)[number];

const EXCEPTIONS: readonly State[] = ["help", "time", "role", "away"];

export interface Row {
  seat: Seat;
  state: State;
  /** The open phase waits for it, whatever else it is: one whose people are away, too. */
  isAwaited: boolean;
}

/** Return what the hosts' hand says a seat has asked for, if anything. */
export function wishOf(view: View, seat: number): string | undefined {
  const asked = (view.hand["ask"] ?? {}) as { readonly [seat: string]: { readonly what?: string } };
  return asked[seat]?.what;
}

export function stateOf(view: View, seat: Seat): State {
  const wish = wishOf(view, seat.id);
  if (wish === "help" || wish === "time" || wish === "role") return wish;
  if (isAway(seat)) return "away";
  if (!seat.by) return "free";
  if (view.single("game").status !== "running") return "here";
  return seat.ready ? "ready" : "waiting";
}

export function isException(state: State): boolean {
  return EXCEPTIONS.includes(state);
}

/** Return all seats, exceptions on top, each state in the order of its numbers. */
export function rowsOf(view: View): Row[] {
  const isRunning = view.single("game").status === "running";
  const awaited = new Set(isRunning ? stillChoosing(view).map(({ id }) => id) : []);
  const rows = view.all("seat").map((seat) => ({ seat, state: stateOf(view, seat), isAwaited: awaited.has(seat.id) }));
  return rows.sort(
    (one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state) || one.seat.id - other.seat.id,
  );
}

/** Return the same rows with those that are no exception in the order of their numbers, wherever they stand. */
export function inPlace(rows: readonly Row[]): Row[] {
  const [on, off] = [true, false].map((wanted) => rows.filter(({ state }) => isException(state) === wanted));
  return [...(on ?? []), ...(off ?? []).sort((one, other) => one.seat.id - other.seat.id)];
}

/** Return who plays a seat: the text key's end. */
export function playedBy(seat: Seat): string {
  if (seat.by === "bot") return hasCome(seat) ? "stand_in" : "bot";
  return seat.by ?? "nobody";
}

const A_MINUTE = 60_000;
const STEPS = [10, 5, 2, 1]; // minutes

/** Return for how many minutes nobody of a seat has been seen, in coarse steps; undefined where somebody is here. */
export function minutesAway(room: Room, { seen }: Seat): number | undefined {
  const now = room.clock.now();
  if (seen === undefined || now === undefined) return undefined;
  return STEPS.find((step) => now - seen >= step * A_MINUTE) ?? 0;
}
