// Who sits in a seat, as everybody sees it.
import type { Seat } from "./entities";
import type { View } from "./view";

/** Return whether a seat's people are gone, whoever plays for them meanwhile. */
export function isAway(seat: Seat): boolean {
  return seat.by === "away" || (seat.by === "bot" && seat.seen !== undefined);
}

/** Return whether a seat has people, here or away: nobody else can have it. */
export function isTaken(seat: Seat): boolean {
  return seat.by === "person" || isAway(seat);
}

/** Return the seats that a phase still waits for: who has come late and has no role yet is asked nothing. */
export function stillChoosing(view: View): Seat[] {
  return view.all("seat").filter((seat) => !seat.ready && seat.role !== "waiting");
}

/** Return whether the phase is over at this table, and ends with those of the class's other tables. */
export function waitsForTables(view: View): boolean {
  return view.pieces("room")["waits"] === true;
}
