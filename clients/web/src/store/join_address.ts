// The address under which phones find this room: the page's own. A page that was opened as "localhost" can't know
// another; then the host is told to open it under the machine's address in the network.
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
  return { join: link(`j/${room.code.value}`), onlyHere: OWN_MACHINE.test(location.hostname) };
}
