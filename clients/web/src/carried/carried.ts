// Frames by events and posts, where a network lets no socket through: used like a socket, loaded when one has failed
// three times. What goes up is numbered and sent again until it is confirmed; what comes down is a stream of events,
// or, where something on the way keeps that back, answers to requests that wait. Knows no frame but the one that says
// why the server turns it away (docs/protocol.md, "Where WebSockets are blocked").
const FIRST_EVENT_MS = 5000;
const ANSWER_MS = 10_000;
const POLL_MS = 35_000; // the server answers in 20 s
const BEAT_MS = 8000; // it takes us for gone after 30 s without a word
const SILENCE_MS = 35_000; // a stream says every 10 s that it is there
const MOST = 12_000; // characters of frames in one post, unless one alone has more
const AGAIN_MS = [500, 1000, 2000];
const PASSING = [408, 429, 502, 503, 504];
const LOST = 1006;
const TRY_LATER = 1013;

let isKeptBack = false; // streams are, on the way to this page

interface Close {
  code: number;
  reason: string;
}

export class Carried {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: Close) => void) | null = null;

  private readonly base: string;
  private readonly over = new AbortController();
  private key = "";
  private readonly up: string[] = [];
  private confirmed = 1; // frames that went up; the first one opens
  private posting = false;
  private postedAt = 0;
  private silence: ReturnType<typeof setTimeout> | undefined;

  /** Begin; the first frame that is sent opens it. */
  constructor(
    url: string,
    private readonly works: () => void = () => undefined,
  ) {
    this.base = url.replace(/^ws/, "http").replace(/\/ws(\/\w{7})?$/, "/carrier$1");
    queueMicrotask(() => {
      if (this.readyState > 0) return;
      this.readyState = 1;
      this.onopen?.();
    });
  }

  send(frame: string): void {
    if (this.postedAt === 0) {
      this.postedAt = performance.now();
      void this.open(frame);
    } else {
      this.up.push(frame);
      void this.sendAll();
    }
  }

  close(): void {
    this.lose(1000);
  }

  private lose(code: number, reason = ""): void {
    if (this.readyState > 1) return;
    this.readyState = 3;
    clearTimeout(this.silence);
    this.over.abort();
    this.onclose?.({ code, reason });
  }

  private async open(first: string): Promise<void> {
    try {
      const events = isKeptBack ? undefined : await this.firstEvent(first);
      if (events) await this.follow(events);
      else await this.fetchAll(first);
    } catch (error) {
      const isFull = error instanceof TurnedAway && PASSING.includes(error.status) && error.frame !== "";
      if (isFull) this.onmessage?.({ data: error.frame });
      this.lose(isFull ? TRY_LATER : LOST);
    }
  }

  /** Open a stream and return its events behind the first; undefined where none has come in time. */
  private async firstEvent(first: string): Promise<Events | undefined> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), FIRST_EVENT_MS);
    try {
      const stopped = AbortSignal.any([this.over.signal, late.signal]);
      const events = new Events(await this.ask("", first, stopped, "text/event-stream"));
      const { data } = await events.next();
      this.key = (JSON.parse(data) as { key: string }).key;
      return events;
    } catch (error) {
      if (!late.signal.aborted || this.over.signal.aborted) throw error;
      isKeptBack = true;
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  private async follow(events: Events): Promise<void> {
    events.came = () => this.hear();
    this.begin();
    for (;;) {
      const { name, data } = await events.next();
      if (name === "close") {
        const { code, reason } = JSON.parse(data) as Close;
        return this.lose(code, reason);
      }
      this.onmessage?.({ data });
    }
  }

  private async fetchAll(first: string): Promise<void> {
    const answer = await this.ask("", first, this.over.signal);
    this.key = ((await answer.json()) as { key: string }).key;
    this.begin();
    for (let after = 0; ; ) {
      const signal = AbortSignal.any([this.over.signal, AbortSignal.timeout(POLL_MS)]);
      const found = await this.ask("/poll", JSON.stringify({ after }), signal);
      const told = (await found.json()) as { last: number; frames: object[]; close?: Close };
      this.hear();
      after = told.last;
      for (const frame of told.frames) this.onmessage?.({ data: JSON.stringify(frame) });
      if (told.close) return this.lose(told.close.code, told.close.reason);
    }
  }

  private begin(): void {
    this.works();
    this.hear();
    void this.sendAll();
  }

  /** Something has come; say in turn that we are here: a page that is hidden may set no timers of its own. */
  private hear(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lose(LOST), SILENCE_MS);
    if (performance.now() - this.postedAt > BEAT_MS) void this.sendAll(true);
  }

  private async sendAll(isBeat = false): Promise<void> {
    if (this.posting || !this.key) return;
    this.posting = true;
    try {
      for (let due = isBeat; due || this.up.length > 0; due = false) await this.sendSome();
    } catch {
      this.lose(LOST);
    } finally {
      this.posting = false;
    }
  }

  private async sendSome(): Promise<void> {
    const some = this.up.slice(0, 1);
    let size = some[0]?.length ?? 0;
    for (const frame of this.up.slice(1)) {
      size += frame.length;
      if (size > MOST) break;
      some.push(frame);
    }
    this.postedAt = performance.now();
    await this.sendUntilTaken(`{"from":${this.confirmed + 1},"frames":[${some.join()}]}`);
    this.up.splice(0, some.length);
    this.confirmed += some.length;
  }

  /** Send a post, and again where nobody knows whether it came: it counts once. */
  private async sendUntilTaken(body: string): Promise<void> {
    for (const wait of [...AGAIN_MS, 0]) {
      try {
        await this.ask("/up", body, AbortSignal.any([this.over.signal, AbortSignal.timeout(ANSWER_MS)]));
        return;
      } catch (error) {
        const passes = !(error instanceof TurnedAway) || PASSING.includes(error.status);
        if (!wait || !passes || this.over.signal.aborted) throw error;
        await new Promise((later) => setTimeout(later, wait));
      }
    }
  }

  private async ask(path: string, body: string, signal: AbortSignal, accept = "application/json"): Promise<Response> {
    const answer = await fetch(this.base + path, {
      method: "POST",
      cache: "no-store",
      body,
      signal,
      headers: {
        "Content-Type": "application/json",
        Accept: accept,
        ...(this.key ? { Authorization: `Bearer ${this.key}` } : {}),
      },
    });
    if (answer.ok) return answer;
    const told = (await answer.json().catch(() => ({}))) as { error?: object };
    throw new TurnedAway(answer.status, told.error ? JSON.stringify({ type: "error", ...told.error }) : "");
  }
}

/** The server answers, and takes nothing; `frame` says why, as an `error` would, or is empty. */
class TurnedAway extends Error {
  constructor(
    readonly status: number,
    readonly frame: string,
  ) {
    super(`HTTP ${status}`);
  }
}

interface Told {
  name: string;
  data: string;
}

/** The events of a stream, one after the other; its end is an error. */
class Events {
  came: () => void = () => undefined;
  private readonly reader: ReadableStreamDefaultReader<string>;
  private text = "";

  constructor(answer: Response) {
    if (!answer.body) throw new Error("no stream");
    this.reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  }

  async next(): Promise<Told> {
    for (;;) {
      const end = this.text.indexOf("\n\n");
      if (end >= 0) {
        const told = event(this.text.slice(0, end));
        this.text = this.text.slice(end + 2);
        if (told) return told;
        continue;
      }
      const { done, value } = await this.reader.read();
      if (done) throw new Error("the stream has ended");
      this.text += value;
      this.came();
    }
  }
}

/** Read one event; undefined for a comment. */
function event(text: string): Told | undefined {
  const told: Told = { name: "", data: "" };
  for (const line of text.split("\n")) {
    if (line.startsWith("event: ")) told.name = line.slice(7);
    if (line.startsWith("data: ")) told.data = line.slice(6);
  }
  return told.data ? told : undefined;
}

/** Return whether frames would come through by this way, for the network check. */
export async function comesThrough(url: string, patience: number): Promise<boolean> {
  return new Promise((settle) => {
    const carried = new Carried(url, () => finish(true));
    const timer = setTimeout(() => finish(false), patience);
    const finish = (through: boolean): void => {
      clearTimeout(timer);
      carried.onclose = null;
      carried.close();
      settle(through);
    };
    carried.onclose = () => finish(false);
    carried.onopen = () => carried.send("{}"); // no frame: nobody is let in by it
  });
}
