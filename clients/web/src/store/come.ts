// Who has come, as the wall and its console count them: also somebody who is here and does nothing, so that a bot plays
// meanwhile.
import type { Seat } from "./entities";
import { isTaken } from "./presence";

export function hasCome(seat: Seat): boolean {
  return isTaken(seat) || seat.here === true;
}
