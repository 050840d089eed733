// What a host has filled in on the page of a new room or class, kept in the tab until that is open: whoever goes back,
// or loads the page anew, finds it there. The server's key is a secret: it is not kept.
import { session } from "../../storage";
import type { RoomWish } from "./room_wish";

const NAMES = { room: "ms.wish.room", class: "ms.wish.class" };
type Kind = keyof typeof NAMES;

/** Return what was filled in before, or what is wished for at first; a scenario that the address names comes before. */
export function keptWish<W extends RoomWish>(kind: Kind, first: W, scenario?: string): W {
  const wish = { ...first, ...session.read<W>(NAMES[kind]) };
  if (scenario === undefined || scenario === wish.scenario) return wish;
  return { ...wish, scenario, choices: [], roles: undefined };
}

/** Keep a wish; return it. */
export function keepWish<W extends RoomWish>(kind: Kind, wish: W): W {
  session.write(NAMES[kind], { ...wish, key: "" });
  return wish;
}

export function forgetWish(kind: Kind): void {
  session.remove(NAMES[kind]);
}
