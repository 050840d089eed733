// The one connection that this page has open, handed from page to page so that joining and playing share it.

import { type Chair, held } from "./store/kept/held_seats";
import type { Entrance } from "./store/room";
import { Room } from "./store/room";

type Place = Chair | "watch";

let open: { place: Place; room: Room } | undefined;

/** Keep a room that is already open for the page that comes next. */
export function keep(place: Place, room: Room): void {
  if (open && open.room !== room) open.room.close();
  open = { place, room };
}

/** Return the connection for a place in a room, opening it if need be; undefined when there is no token for it. */
export function enter(place: Place, code: string): Room | undefined {
  if (open?.place === place && open.room.code.peek() === code) return open.room;
  const entrance = entranceOf(place, code);
  if (!entrance) return undefined;
  const room = new Room(entrance);
  room.code.value = code;
  keep(place, room.open());
  return room;
}

export function leave(): void {
  open?.room.close();
  open = undefined;
}

function entranceOf(place: Place, code: string): Entrance | undefined {
  if (place === "watch") return { type: "watch", room: code };
  const token = held(place, code)?.token;
  if (!token) return undefined;
  return { type: "resume", room: code, ...(place === "seat" ? { seat_token: token } : { host_token: token }) };
}
