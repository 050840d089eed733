// A server that lives in the test: it records what the client sends and says what the test tells it to.
import { vi } from "vitest";
import type { ClientFrame, Json, ServerFrame, Tree, WelcomeFrame } from "../../src/protocol/frames";
import type { LinkWorld } from "../../src/protocol/socket";

export class FakeSocket {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: ClientFrame[] = [];

  constructor(readonly url: string) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }

  close(code = 1000, reason = ""): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  commands(): ClientFrame[] {
    return this.sent.filter((frame) => frame.type === "command");
  }
}

/** Stand in for the browser's sockets; those that the page opens are in `sockets`. Unstub all globals afterwards. */
export function recordSockets(sockets: FakeSocket[]): void {
  sockets.length = 0;
  vi.stubGlobal(
    "WebSocket",
    class extends FakeSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    },
  );
}

interface Timer {
  ms: number;
  act: () => void;
}

export class FakeWorld implements LinkWorld {
  readonly sockets: FakeSocket[] = [];
  timers: Timer[] = [];
  there = true;

  make(url: string): WebSocket {
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    return socket as unknown as WebSocket;
  }

  async isThere(): Promise<boolean> {
    return this.there;
  }

  random(): number {
    return 0.5;
  }

  after(ms: number, act: () => void): () => void {
    const timer = { ms, act };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  /** Let the newest timer run out, and return how long it was. */
  elapse(): number {
    const timer = this.timers.pop();
    timer?.act();
    return timer?.ms ?? 0;
  }

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("no socket was made");
    return socket;
  }
}

export function welcome(table: Tree = {}, hand: Tree = {}, more: Partial<WelcomeFrame> = {}): WelcomeFrame {
  return {
    type: "welcome",
    protocol: 1,
    room: "K7QF234",
    epoch: 1,
    seq: 10,
    now: 1_000_000,
    you: { kind: "seat", seat: 1, role: "maker" },
    table,
    hand,
    ...more,
  };
}

/** Say yes to the first command that was sent over the newest connection, with what the server hands out for it. */
export function answered(world: FakeWorld, data?: { readonly [name: string]: Json }): void {
  const [sent] = world.last.commands();
  const { id } = sent as { id: string };
  world.last.say({ type: "result", id, ok: true, seq: 11, now: 1, ...(data && { data }) });
}
