// Sealed choices in the making. A choice may be changed until the phase closes and costs nothing to send, so it goes
// out by itself shortly after the last change: what a person sees chosen is what counts if time runs out. What has not
// gone out is kept over a reload; while the room is paused it waits, and goes out when the game goes on.
import { effect, type Signal, signal } from "@preact/signals";
import type { Args, Failure } from "../../protocol/frames";
import type { View } from "../view";
import type { Kept } from "./kept_for_phase";

const SETTLE_MS = 500;

export interface Draft {
  args: Args | undefined;
  state: "none" | "changed" | "sending" | "refused";
  error: Failure | undefined;
}

interface KeptDraft {
  args: Args;
  sendItself: boolean;
}

const NONE: Draft = { args: undefined, state: "none", error: undefined };

/** What a draft needs of its room. */
interface Sender {
  readonly view: View;
  readonly kept: Kept;
  send(command: string, args: Args): Promise<{ ok: boolean; error?: Failure }>;
}

export class Drafts {
  private readonly drafts = new Map<string, Signal<Draft>>();
  private waiting = false;
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly room: Sender) {}

  of(command: string, target: string): Signal<Draft> {
    const name = this.nameOf(command, target);
    const found = this.drafts.get(name) ?? signal(this.restored(command, target));
    this.drafts.set(name, found);
    return found;
  }

  /** Change a draft; it is sent by itself unless it is only kept. */
  change(command: string, target: string, args: Args, sendItself = true): void {
    const name = this.nameOf(command, target);
    const draft = this.of(command, target);
    draft.value = { args, state: "changed", error: undefined };
    this.room.kept.set(`draft ${command}|${target}`, { args, sendItself } satisfies KeptDraft);
    clearTimeout(this.timers.get(name));
    if (sendItself) this.sendSoon(name, command, target);
  }

  private sendSoon(name: string, command: string, target: string): void {
    this.timers.set(
      name,
      setTimeout(() => void this.send(command, target), SETTLE_MS),
    );
  }

  private restored(command: string, target: string): Draft {
    const found = this.room.kept.get<KeptDraft>(`draft ${command}|${target}`);
    if (!found) return NONE;
    if (found.sendItself) this.sendSoon(this.nameOf(command, target), command, target);
    return { args: found.args, state: "changed", error: undefined };
  }

  /** Send a draft now; whether it was accepted (or there was nothing to send). */
  async send(command: string, target: string): Promise<boolean> {
    clearTimeout(this.timers.get(this.nameOf(command, target)));
    if (this.isPaused()) {
      this.waitForTheGame();
      return false;
    }
    const draft = this.of(command, target);
    const { args, state } = draft.peek();
    if (!args || (state !== "changed" && state !== "refused")) return true;
    draft.value = { args, state: "sending", error: undefined };
    const answer = await this.room.send(command, args);
    if (draft.peek().args !== args) return answer.ok;
    if (answer.ok) this.room.kept.set(`draft ${command}|${target}`, undefined);
    if (answer.ok) draft.value = { ...draft.peek(), state: "none" };
    else if (answer.error?.code === "paused" && !this.isKept(command, target)) this.sendLater(command, target, draft);
    else draft.value = { args, state: "refused", error: answer.error };
    return answer.ok;
  }

  /** Keep what a pause has met on its way as if it had just been changed; it goes out when the game goes on. */
  private sendLater(command: string, target: string, draft: Signal<Draft>): void {
    draft.value = { ...draft.peek(), state: "changed", error: undefined };
    this.sendSoon(this.nameOf(command, target), command, target); // by then the clock has told of the pause
  }

  /** Whether a draft is only kept for the main button. */
  private isKept(command: string, target: string): boolean {
    return this.room.kept.get<KeptDraft>(`draft ${command}|${target}`)?.sendItself === false;
  }

  /** Send all that has changed in this phase; whether all of it was accepted. */
  async sendAll(): Promise<boolean> {
    const start = this.phase();
    const changed = [...this.drafts]
      .filter(([name, draft]) => name.startsWith(start) && ["changed", "refused"].includes(draft.peek().state))
      .map(([name]) => name.slice(start.length).split("|") as [string, string]);
    const answers = await Promise.all(changed.map(([command, target]) => this.send(command, target)));
    return answers.every(Boolean);
  }

  private isPaused(): boolean {
    return this.room.view.single("clock").paused ?? false;
  }

  /** Send what was changed meanwhile, once the game goes on. */
  private waitForTheGame(): void {
    if (this.waiting) return;
    this.waiting = true;
    const stop = effect(() => {
      if (this.isPaused()) return;
      queueMicrotask(() => {
        stop();
        this.waiting = false;
        void this.sendThemselves();
      });
    });
  }

  /** Send what would have gone out by itself; what is kept for the main button stays. */
  private async sendThemselves(): Promise<void> {
    const start = this.phase();
    for (const [name, draft] of this.drafts) {
      const [command = "", target = ""] = name.slice(start.length).split("|");
      const goesOut = name.startsWith(start) && draft.peek().state === "changed" && !this.isKept(command, target);
      if (goesOut) await this.send(command, target);
    }
  }

  private phase(): string {
    const game = this.room.view.single("game");
    return `${game.season}|${game.phase}|`;
  }

  private nameOf(command: string, target: string): string {
    return `${this.phase()}${command}|${target}`;
  }
}
