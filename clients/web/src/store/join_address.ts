// The address under which phones find this room: the page's own. A page that was opened as "localhost" asks the server,
// which knows the machine's address in its network; where there is none, the host is told that nobody else can come.
import { signal } from "@preact/signals";
import { link } from "../route";
import type { Room } from "./room";

const OWN_MACHINE = /^(?:localhost|127\.|\[::1\])/;

/** What the server has said: "" where no other machine reaches it, undefined while that is not known. */
const network = signal<string | undefined>(undefined);
let isAsked = false;

async function ask(): Promise<void> {
  if (isAsked) return;
  isAsked = true;
  const answer = await fetch("/api/address").catch(() => undefined);
  const { address = "" } = answer?.ok ? ((await answer.json()) as { address?: string }) : {};
  network.value = address.includes(":") ? `[${address}]` : address;
}

export interface Address {
  /** The link that opens the join page. */
  join: string;
  /** Other devices can't follow it. */
  onlyHere: boolean;
}

/** Return the way into a room; it is drawn anew once the server has said where phones find it. */
export function addressOf(room: Room): Address {
  const own = link(`j/${room.code.value}`);
  if (!OWN_MACHINE.test(location.hostname)) return { join: own, onlyHere: false };
  void ask();
  if (!network.value) return { join: own, onlyHere: true };
  return { join: own.replace(location.hostname, network.value), onlyHere: false };
}
