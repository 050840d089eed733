// What of the result a page may tell while its host still reveals it on the wall: phones wait as the wall does, and the
// host sees all of it.
import type { Room } from "../../store/room";
import { rolesRevealed } from "./scenes";

/** Return the number of roles whose ranking this page shows, in the order of the wall. */
export function rolesOpen(room: Room): number {
  return room.you.value?.kind === "host" ? Infinity : rolesRevealed(room.view);
}

/** Return whether nothing of who stands where is kept back any more. */
export function isResultOpen(room: Room): boolean {
  return rolesOpen(room) === Infinity;
}
