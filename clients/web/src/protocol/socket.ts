// One connection to a room: opens, says its first frame, and comes back by itself after 0.3, 0.7, 1.5, 3, 5 s (± 30 %),
// at once when the device is online again or the page is shown. It never decides what frames mean, and it stops for
// good only when the server says so.
import {
  CLOSED,
  type ClientFrame,
  type DoorQuestion,
  type OpeningFrame,
  type ServerFrame,
  SUBPROTOCOL,
} from "./frames";

export type LinkState = "connecting" | "open" | "lost" | "stopped";

/** Why a connection will not come back by itself. */
export interface Ending {
  code: string;
  message: string;
  /** After how many seconds it is worth trying again. */
  again?: number;
  /** What is to be answered before the same frame lets anybody in. */
  asks?: DoorQuestion;
  /** Where another server has the room. */
  to?: string;
}

export interface LinkEvents {
  /** The frame to begin with; asked anew at each attempt. */
  hello(): OpeningFrame;
  frame(frame: ServerFrame): void;
  state(state: LinkState, closeCode?: number): void;
  ended(ending: Ending): void;
}

export interface LinkWorld {
  make(url: string): WebSocket;
  random(): number;
  after(ms: number, act: () => void): () => void;
  /** Ask the server by another way whether it is there. */
  isThere(): Promise<boolean>;
}

const BACKOFF_S = [0.3, 0.7, 1.5, 3]; // then 5
const JITTER = 0.3;
const DOUBT_MS = 2500;
const SILENT_OPEN_MS = 10_000; // a socket that neither opens nor fails, as some hotel networks make them

const ENDINGS: { readonly [closeCode: number]: string } = {
  [CLOSED.unauthorised]: "unauthorised",
  [CLOSED.noSuchRoom]: "no_such_room",
  [CLOSED.replaced]: "replaced",
  [CLOSED.removed]: "removed",
};
const WORTH_TRYING_AGAIN = new Set(["unavailable", "server_behind", "rate_limited", "moved"]);

export const browserWorld: LinkWorld = {
  make: (url) => new WebSocket(url, SUBPROTOCOL),
  random: Math.random,
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  isThere: () =>
    fetch("healthz", { cache: "no-store", signal: AbortSignal.timeout(DOUBT_MS) }).then(
      (answer) => answer.ok,
      () => false,
    ),
};

export function socketUrl(page: string): string {
  return new URL("ws", page).href.replace("http", "ws");
}

/** Return whether a page of one server may speak to another: it reaches no other origin, nor ws from https. */
export function reaches(own: string, to: string): boolean {
  return new URL(to).origin === new URL(own).origin;
}

export class Link {
  private socket: WebSocket | undefined;
  private attempts = 0;
  private welcomed = false;
  private stopped = false;
  private refusal: Ending | undefined;
  private patience = 0; // seconds that the server asked to wait
  private cancelTimer: () => void = () => undefined;

  /** Makes the next connection in the place of a socket; what it makes is used like one. */
  by: ((url: string) => WebSocket) | undefined;

  constructor(
    private readonly url: string,
    private readonly events: LinkEvents,
    private readonly world: LinkWorld = browserWorld,
  ) {}

  open(): void {
    this.stopped = false;
    this.attempts = 0;
    window.addEventListener("online", this.hurry);
    window.addEventListener("offline", this.suspect);
    document.addEventListener("visibilitychange", this.hurryIfShown);
    this.connect();
  }

  /** Close for good, from this side. */
  close(): void {
    this.stop();
    this.socket?.close(1000);
    this.socket = undefined;
  }

  /** Send a frame if the server has welcomed this connection; whether it left. */
  send(frame: ClientFrame): boolean {
    if (!this.welcomed || this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /**
   * Something should have come long ago: if the server can't be reached, this socket is dead, and a new one is tried.
   * Where it can, another one may be answering in its place: at the last this socket is dead all the same.
   */
  async doubt(isLast = false): Promise<void> {
    const socket = this.socket;
    if (!socket || (!isLast && (await this.world.isThere())) || this.socket !== socket || this.stopped) return;
    this.drop(socket);
  }

  private connect(): void {
    const to = this.refusal?.to; // once
    const base = to && reaches(this.url, to) ? to : this.url;
    this.cancelTimer();
    this.welcomed = false;
    this.refusal = undefined;
    this.patience = 0;
    this.events.state("connecting");
    const hello = this.events.hello();
    const url = "room" in hello ? `${base}/${hello.room}` : base; // by it a proxy knows which server has it
    const socket = this.by?.(url) ?? this.world.make(url);
    this.socket = socket;
    this.cancelTimer = this.world.after(SILENT_OPEN_MS, () => {
      if (!this.welcomed && this.socket === socket) this.drop(socket);
    });
    socket.onopen = () => socket.send(JSON.stringify(this.events.hello()));
    socket.onmessage = (message) => {
      if (this.socket === socket && typeof message.data === "string") this.receive(message.data);
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.lose(event.code, event.reason);
    };
  }

  private receive(text: string): void {
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.type === "welcome") {
      this.cancelTimer();
      this.welcomed = true;
      this.attempts = 0;
      this.events.frame(frame);
      this.events.state("open");
      return;
    }
    if (frame.type === "error") {
      this.refusal = {
        code: frame.code,
        message: frame.message,
        to: frame.to,
        ...(frame.retry_after ? { again: frame.retry_after } : {}),
        ...(frame.asks ? { asks: frame.asks } : {}),
      } as Ending;
      this.patience = frame.retry_after ?? 0;
    }
    this.events.frame(frame);
  }

  private lose(closeCode: number, farewell = ""): void {
    this.socket = undefined;
    if (this.stopped) return;
    const code = ENDINGS[closeCode];
    const refused = this.refusal;
    if (code !== undefined) {
      this.end({ code, message: farewell, ...refused });
    } else if (!this.welcomed && refused && !WORTH_TRYING_AGAIN.has(refused.code)) {
      this.end(refused);
    } else {
      this.events.state("lost", closeCode);
      this.retryLater(this.patience);
    }
  }

  private end(ending: Ending): void {
    this.stop();
    this.events.state("stopped");
    this.events.ended(ending);
  }

  /** Try again after a while that grows, each phone a little differently; never before the server said. */
  private retryLater(leastS: number): void {
    const seconds = BACKOFF_S[this.attempts] ?? 5;
    this.attempts += 1;
    const spread = JITTER * (2 * this.world.random() - 1);
    const wait = Math.max(seconds * (1 + spread), leastS * (1 + Math.abs(spread)));
    this.cancelTimer();
    this.cancelTimer = this.world.after(wait * 1000, () => this.connect());
  }

  /** Connect now, if there is no connection. */
  readonly hurry = (): void => {
    if (!this.stopped && this.socket === undefined) this.connect();
  };

  private readonly hurryIfShown = (): void => {
    if (document.visibilityState !== "visible") return;
    if (this.socket) void this.doubt();
    else this.hurry();
  };

  /** The device says that it is offline: what is open now is dead, even if no one has told it. */
  private readonly suspect = (): void => {
    if (!this.stopped && this.socket) this.drop(this.socket);
  };

  private drop(socket: WebSocket): void {
    socket.onclose = null;
    socket.close();
    this.lose(1006);
  }

  private stop(): void {
    this.stopped = true;
    this.cancelTimer();
    window.removeEventListener("online", this.hurry);
    window.removeEventListener("offline", this.suspect);
    document.removeEventListener("visibilitychange", this.hurryIfShown);
  }
}
