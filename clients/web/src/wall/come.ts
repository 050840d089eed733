// Who has come, as the wall counts them: also somebody who is here and does nothing, so that a bot plays meanwhile.
import type { Seat } from "../store/entities";
import { isTaken } from "../store/presence";

export function hasCome(seat: Seat): boolean {
  return isTaken(seat) || seat.here === true;
}
