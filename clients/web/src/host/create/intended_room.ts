// The room that this tab has asked for and has heard nothing of yet: its frame goes out again after a reload, and the
// server, which knows it by its id, opens one room for it. The host's key is a secret of the server's: it is not kept.
import type { CreateFrame } from "../../protocol/frames";
import { session } from "../../storage";
import type { RoomWish } from "./room_wish";

interface Intended {
  wish: RoomWish;
  frame: CreateFrame;
}

const NAME = "ms.create";

export function intended(): Intended | undefined {
  return session.read<Intended>(NAME);
}

/** Keep what is asked for, until it is answered or the page is left. */
export function intend(wish: RoomWish, { key: _, ...frame }: CreateFrame): void {
  session.write(NAME, { wish: { ...wish, key: "" }, frame } satisfies Intended);
}

export function forget(): void {
  session.remove(NAME);
}
