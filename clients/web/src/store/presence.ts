// Who sits in a seat, as everybody sees it.
import type { Seat } from "./entities";

/** Return whether a seat's people are gone, whoever plays for them meanwhile. */
export function isAway(seat: Seat): boolean {
  return seat.by === "away" || (seat.by === "bot" && seat.seen !== undefined);
}

/** Return whether a seat has people, here or away: nobody else can have it. */
export function isTaken(seat: Seat): boolean {
  return seat.by === "person" || isAway(seat);
}
