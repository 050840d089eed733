// Commands that were sent and not yet answered. They are kept for the person who sent them, over a reload and a closed
// tab, and go out again with the same id after every way back, so that the server can tell a repeat from a second wish.
// Never sends them itself, and never hands them to anybody but that person: the name of the list says whose it is.
import { local, type Store, session } from "../storage";
import type { CommandFrame } from "./frames";

const MOST_KEPT = 40;
const DAYS_MS = 30 * 24 * 3600 * 1000;
const START = "ms.sent.";
/** What gives something out for the page that asks: a later page has no use for it. */
const FOR_THE_PAGE: ReadonlySet<string> = new Set(["rejoin_code", "pair", "seat_pass"]);

interface Kept {
  at: number;
  frames: CommandFrame[];
}

/** Whose list it is: a person of a seat, or a host. Nothing of a host's outlives the tab: the class has gone on. */
export interface Sender {
  room: string;
  kind: "seat" | "host";
  who: string;
}

export class Outbox {
  private readonly name: string;
  private readonly store: Store;

  constructor({ room, kind, who }: Sender) {
    this.name = `${START}${room}.${kind}.${who}`;
    this.store = kind === "host" ? session : local;
    this.keep(this.list().filter(({ name }) => !FOR_THE_PAGE.has(name)));
    tidy();
  }

  /** Return what is not answered yet, the oldest first; another tab of this person may have put it there. */
  list(): readonly CommandFrame[] {
    const frames = this.store.read<Kept>(this.name)?.frames;
    return Array.isArray(frames) ? frames : [];
  }

  add(frame: CommandFrame): void {
    this.keep([...this.list(), frame].slice(-MOST_KEPT));
  }

  /** Take a command off the list; return it, if it was there. */
  settle(id: string): CommandFrame | undefined {
    const frames = this.list();
    const settled = frames.find((frame) => frame.id === id);
    if (settled) this.keep(frames.filter((frame) => frame.id !== id));
    return settled;
  }

  private keep(frames: readonly CommandFrame[]): void {
    if (frames.length > 0) this.store.write(this.name, { at: Date.now(), frames });
    else this.store.remove(this.name);
  }
}

/** Forget what nobody has come back for. */
function tidy(): void {
  for (const name of local.names())
    if (name.startsWith(START) && !((local.read<Kept>(name)?.at ?? 0) > Date.now() - DAYS_MS)) local.remove(name);
}

/**
 * Return a name for an intention: the time, then 128 random bits, in hex. Ids that rise with time lie side by side in
 * the server's index, so that it writes a third of the pages. `getRandomValues` works on plain HTTP too, where
 * `randomUUID` is missing.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return Date.now().toString(16).padStart(12, "0") + random;
}
