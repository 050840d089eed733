// The seats and host chairs that this browser holds: tokens by room, kept thirty days and for at most twenty rooms.
import { local } from "../../storage";

export type Chair = "seat" | "host";

export interface Held {
  token: string;
  name?: string;
  at: number;
  /** What has been read of the log: it goes with the seat. */
  read?: Read;
  /** The number of the room's history that was seen last: a higher one is not the same history. */
  epoch?: number;
  /** The class that the room is a table of: by its code a seat is found again. */
  of?: string;
}

/** The newest line that was there when the log was looked through last: its `seq`, which counts in one epoch alone. */
export interface Read {
  seq: number;
  epoch: number;
}

const MOST = 20;
const DAYS_MS = 30 * 24 * 3600 * 1000;

function nameOf(chair: Chair, code: string): string {
  return `ms.${chair}.${code}`;
}

export function held(chair: Chair, code: string): Held | undefined {
  const found = local.read<Held>(nameOf(chair, code));
  return found?.token ? found : undefined;
}

/** Keep a token; whoever comes with a name takes the seat anew, and nothing is known of an older one. */
export function hold(chair: Chair, code: string, token: string, name?: string, by = ""): void {
  const {
    name: known,
    read,
    epoch,
    of = by,
  }: Partial<Held> = (name === undefined ? held(chair, code) : { name }) ?? {};
  local.write(nameOf(chair, code), {
    token,
    at: Date.now(),
    ...(known === undefined ? {} : { name: known }),
    ...(read ? { read } : {}),
    ...(epoch === undefined ? {} : { epoch }),
    ...(of ? { of } : {}),
  });
  tidy();
}

/** Keep what has been read in a seat, for the page that comes after a reload. */
export function keepRead(code: string, read: Read): void {
  const known = held("seat", code);
  if (known) local.write(nameOf("seat", code), { ...known, read });
}

/** Keep which history of a room was seen, and return which one was before; nothing where no chair is held. */
export function keepEpoch(chair: Chair, code: string, epoch: number): number | undefined {
  const known = held(chair, code);
  if (known && known.epoch !== epoch) local.write(nameOf(chair, code), { ...known, epoch });
  return known?.epoch;
}

export function letGo(chair: Chair, code: string): void {
  local.remove(nameOf(chair, code));
}

/** Return the rooms that this browser has a seat in, newest first. */
export function rooms(chair: Chair): { code: string; held: Held }[] {
  const start = nameOf(chair, "");
  return local
    .names()
    .filter((name) => name.startsWith(start))
    .flatMap((name) => {
      const found = local.read<Held>(name);
      return found?.token ? [{ code: name.slice(start.length), held: found }] : [];
    })
    .sort((one, other) => other.held.at - one.held.at);
}

function tidy(): void {
  for (const chair of ["seat", "host"] as const) {
    rooms(chair).forEach(({ code, held: { at } }, index) => {
      if (index >= MOST || Date.now() - at > DAYS_MS) letGo(chair, code);
    });
  }
}
