// The way from a room's console to a what-if that was opened from it: with the key that this browser has here now.
import { held, hold } from "../store/kept/held_seats";
import type { Room } from "../store/room";

function keyOf(room: Room): string | undefined {
  return held("host", room.code.value)?.token;
}

/** Where a host of a room is led, so that the key of here is tried there first, whatever was kept for there before. */
export function forkAddress(room: Room, fork: string): string {
  const token = keyOf(room);
  return token ? `c/${fork}/${token}` : `c/${fork}`;
}

/** This browser leads a room that was opened from this one just now too, however its page is opened. */
export function leadFork(room: Room, fork: string): void {
  const token = keyOf(room);
  if (token) hold("host", fork, token);
}
