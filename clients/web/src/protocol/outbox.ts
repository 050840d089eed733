// Commands that were sent and not yet answered. They are kept over a reload, and go out again with the same id after a
// reconnect, so that the server can tell a repeat from a second wish.
import { session } from "../storage";
import type { CommandFrame } from "./frames";

const MOST_KEPT = 40;

export class Outbox {
  private frames: CommandFrame[];

  constructor(private readonly name: string) {
    const kept = session.read<CommandFrame[]>(name);
    this.frames = Array.isArray(kept) ? kept : [];
  }

  list(): readonly CommandFrame[] {
    return this.frames;
  }

  add(frame: CommandFrame): void {
    this.frames = [...this.frames, frame].slice(-MOST_KEPT);
    session.write(this.name, this.frames);
  }

  /** Take a command off the list; return it, if it was there. */
  settle(id: string): CommandFrame | undefined {
    const settled = this.frames.find((frame) => frame.id === id);
    const left = this.frames.filter((frame) => frame.id !== id);
    if (!settled) return undefined;
    this.frames = left;
    session.write(this.name, left);
    return settled;
  }
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
