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

  settle(id: string): void {
    const left = this.frames.filter((frame) => frame.id !== id);
    if (left.length === this.frames.length) return;
    this.frames = left;
    session.write(this.name, left);
  }
}
