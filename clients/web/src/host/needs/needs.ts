// Who needs the teacher now: who asks, who is away, who is stuck or poor by what lies on the table for everybody, and
// who does nothing or was refused again and again, which the server counts for hosts alone: how often, and not by whom.
// Nothing here is from a seat's hand: a host sees that over the shoulder alone, and the log tells it.
import type { Seat } from "../../store/entities";
import { isAway, isTaken } from "../../store/presence";
import type { Room } from "../../store/room";
import { parameter } from "../../store/rules";
import { minutesAway, wishOf } from "../seats/seat_states";

export type Kind = "help" | "time" | "role" | "away" | "idle" | "refused" | "missed" | "alone" | "poor";

export interface Need {
  kind: Kind;
  seat: Seat;
  /** Minutes away, phases without a choice, refusals, rolls that missed, or credits left. */
  n: number;
}

const ORDER: readonly Kind[] = ["help", "time", "role", "away", "idle", "refused", "missed", "alone", "poor"];
const AWAY_MIN = 1;
const MISSED = 2;
const A_FIFTH = 5; // of what is usual in a role

/** Return the balance in the middle of those of a role. */
function usual(room: Room, role: string): number {
  const all = room.view
    .all("account")
    .filter(({ name }) => name.startsWith(`${role}:`))
    .map(({ balance }) => balance)
    .sort((one, other) => one - other);
  return all[Math.floor(all.length / 2)] ?? 0;
}

function wish(room: Room, seat: Seat): Need | undefined {
  const kind = wishOf(room.view, seat.id);
  return kind === "help" || kind === "time" || kind === "role" ? { kind, seat, n: 0 } : undefined;
}

function away(room: Room, seat: Seat): Need | undefined {
  const n = minutesAway(room, seat) ?? 0;
  return isAway(seat) && n >= AWAY_MIN ? { kind: "away", seat, n } : undefined;
}

interface Trouble {
  readonly idle?: number;
  readonly refused?: number;
}

/** Somebody who is here and chooses nothing, helped by a bot or not, or whom doors and others have refused often. */
function troubled(room: Room, seat: Seat): Need | undefined {
  const all = (room.view.hand["trouble"] ?? {}) as { readonly [seat: string]: Trouble };
  const { idle, refused } = all[seat.id] ?? {};
  if (idle) return { kind: "idle", seat, n: idle };
  return refused ? { kind: "refused", seat, n: refused } : undefined;
}

/** A maker whose rolls miss again and again, or who after a season has neither a tie nor a deal. */
function stuck(room: Room, seat: Seat): Need | undefined {
  const { view } = room;
  const maker = view.find("maker", seat.id);
  const venture = maker?.venture ? view.find("venture", maker.venture) : undefined;
  if (!maker || !venture || venture.closed || venture.lead !== seat.id) return undefined;
  const missed = venture.misses / (parameter(view, "incubation", "misses") || 1); // each adds so much to the next roll
  if (missed >= MISSED) return { kind: "missed", seat, n: missed };
  const isNew = venture.founded >= (room.game.value.season ?? 1);
  const isAlone = !isNew && (maker.ties ?? []).length === 0 && !view.all("deal").some((deal) => deal.maker === seat.id);
  return isAlone ? { kind: "alone", seat, n: 0 } : undefined;
}

function poor(room: Room, seat: Seat): Need | undefined {
  const n = room.view.find("account", `${seat.role}:${seat.id}`)?.balance;
  return n !== undefined && n * A_FIFTH < usual(room, seat.role) ? { kind: "poor", seat, n } : undefined;
}

function inPlay(room: Room, seat: Seat): Need | undefined {
  return away(room, seat) ?? troubled(room, seat) ?? stuck(room, seat) ?? poor(room, seat);
}

/** Return what people need of the teacher, the most urgent first, one thing for each; bots need nothing. */
export function needsOf(room: Room): Need[] {
  const isPlayed = room.game.value.status === "running";
  return room.view
    .all("seat")
    .filter((seat) => isTaken(seat) || wishOf(room.view, seat.id) || troubled(room, seat))
    .flatMap((seat) => {
      const found = wish(room, seat) ?? (isPlayed ? inPlay(room, seat) : undefined);
      return found ? [found] : [];
    })
    .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) || other.n - one.n);
}
