// The address under which phones find this room. A page that was opened as "localhost" can't know it; then the room says
// it on the table, or the host is told what to do.
import { link } from "../route";
import type { Room } from "./room";

const OWN_MACHINE = /^(?:localhost|127\.|\[::1\])/;

export interface Address {
  /** The link that opens the join page. */
  join: string;
  /** Other devices can't follow it. */
  onlyHere: boolean;
}

export function addressOf(room: Room): Address {
  const fragment = `j/${room.code.value}`;
  const { address } = (room.view.table["room"] ?? {}) as { address?: string };
  if (address) return { join: `${address.replace(/\/$/, "")}/#/${fragment}`, onlyHere: false };
  return { join: link(fragment), onlyHere: OWN_MACHINE.test(location.hostname) };
}
