// The address under which phones find this room. A page that was opened on the server's own machine, as "localhost" or
// by any of its addresses, asks the server, which knows the networks of the machine; the host may take another one of
// them, and each page of this browser draws the code with it. Elsewhere it is the page's own address.
import { signal } from "@preact/signals";
import { link } from "../route";
import { local } from "../storage";
import type { Room } from "./room";

const OWN_MACHINE = /^(?:localhost|127\.|\[::1\])/;
const CHOSEN = "ms.address";

/** An address of the server's machine, and the network that it is in, as the machine names it. */
export interface Network {
  address: string;
  interface: string;
  kind: "hotspot" | "wifi" | "network" | "vpn";
}

/** What the server says of itself; nothing but an empty address to a page on another machine. */
interface Told {
  address: string;
  why?: string;
  taken?: Network | null;
  others?: readonly Network[];
  /** Whether another machine has reached it yet. */
  heard?: boolean;
}

/** Undefined while that is not known. */
const told = signal<Told | undefined>(undefined);
const chosen = signal(local.read<string>(CHOSEN) ?? "");
let isAsked = false;

function ask(): void {
  if (isAsked) return;
  isAsked = true;
  void askAgain();
  // the wall of this browser follows the console
  addEventListener("storage", ({ key }) => {
    if (key === CHOSEN) chosen.value = local.read<string>(CHOSEN) ?? "";
  });
}

/** Ask the server's machine once more: networks change, and phones reach it. */
export async function askAgain(): Promise<void> {
  const found = await fetch("/api/address")
    .then((answer) => (answer.ok ? (answer.json() as Promise<Told>) : undefined))
    .catch(() => undefined);
  told.value = found ?? told.peek() ?? { address: "" };
}

/** Return whether another machine has reached the server, as its own machine is told; elsewhere undefined. */
export function isHeard(): boolean | undefined {
  ask();
  return told.value?.heard;
}

/** Return the networks of the server's machine, the one that is taken first; none on another machine. */
export function networks(): readonly Network[] {
  ask();
  const { taken, others = [] } = told.value ?? {};
  return taken ? [taken, ...others] : others;
}

/** Draw the codes of this browser with another address of the machine. */
export function choose(address: string): void {
  local.write(CHOSEN, address);
  chosen.value = address;
}

/** Return the host's choice while the machine has that address, else what the server found, else the page's own. */
function hostname(): string {
  const isOwn = OWN_MACHINE.test(location.hostname);
  const known = networks();
  const wanted = known.find(({ address }) => address === chosen.value)?.address;
  const found = wanted ?? (isOwn ? (told.value?.address ?? "") : location.hostname);
  return found.includes(":") && !found.startsWith("[") ? `[${found}]` : found;
}

export interface Address {
  /** The link that opens the join page. */
  join: string;
  /** Other devices can't follow it. */
  onlyHere: boolean;
}

/** Return the code by which people come in: a class's, where the room is one of its tables. */
export function codeOf(room: Room): string {
  return (room.view.pieces("room")["class"] as string | undefined) ?? room.code.value;
}

/** Return the way into a room; it is drawn anew once the server has said where phones find it. */
export function addressOf(room: Room): Address {
  return addressFor(codeOf(room));
}

/** Return what opens a code's door, or what else stands in an address after `j/`. */
export function addressFor(code: string): Address {
  const own = link(`j/${code}`);
  const name = hostname();
  return name ? { join: own.replace(location.hostname, name), onlyHere: false } : { join: own, onlyHere: true };
}

/** Return the address of the server as a phone has to be given it, and whether phones reach it. */
export function serverAddress(): { url: string; onlyHere: boolean } {
  const name = hostname();
  return { url: location.origin.replace(location.hostname, name || location.hostname), onlyHere: !name };
}

/** Return which of the machine's addresses the codes are drawn with. */
export function addressInUse(): string {
  return hostname().replace(/^\[|\]$/g, "");
}
