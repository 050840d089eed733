// A room as this page knows it: the one store. Frames come in through the link and change signals in one batch;
// commands go out with an id of their own and the phase they are meant for, and are promised an answer.
import { batch, computed, signal } from "@preact/signals";
import { ServerClock } from "../protocol/clock";
import {
  type Args,
  type At,
  CLOSED,
  type CommandFrame,
  type Failure,
  type OpeningFrame,
  PROTOCOL,
  type Preview,
  type PreviewFrame,
  type ResultFrame,
  type ResumeFrame,
  type ServerFrame,
  type UpdateFrame,
  type WelcomeFrame,
  type You,
} from "../protocol/frames";
import { newId, Outbox } from "../protocol/outbox";
import {
  browserWorld,
  type Ending,
  Link,
  type LinkState,
  type LinkWorld,
  reaches,
  socketUrl,
} from "../protocol/socket";
import { keepMine } from "./kept/classes";
import { Drafts } from "./kept/drafts";
import { held, hold, keepEpoch, keepRead } from "./kept/held_seats";
import { Kept } from "./kept/kept_for_phase";
import { legalOf, type Schema } from "./legal";
import { Log, type Telling } from "./log";
import { View } from "./view";

export type Entrance = OpeningFrame;

export interface Answer {
  ok: boolean;
  data?: ResultFrame["data"];
  error?: Failure;
}

/** A choice that came after its phase had closed. */
export interface Late {
  command: string;
  at: At;
}

/** Between the last line that was told before and the last command that counted before the return. */
export interface Absence {
  after: number;
  until: number;
}

/** What table and hand show: the last command in them, the record's mark, and the history that it is numbered in. */
type Seen = Required<Pick<ResumeFrame, "seq" | "epoch">> & Pick<ResumeFrame, "mark">;

const AWAY_MS = 10_000;
const ANSWER_DUE_MS = [3000, 10_000]; // then it is doubted that one will come, and given up
const TOKEN_END = 8; // as much of a token as tells hosts of one room apart

export class Room {
  readonly view = new View();
  readonly code = signal("");
  readonly you = signal<You | undefined>(undefined);
  readonly link = signal<LinkState>("connecting");
  readonly lostSince = signal<number | undefined>(undefined);
  readonly ending = signal<Ending | undefined>(undefined);
  readonly log = new Log();
  readonly sending = signal(0);
  readonly clock = new ServerClock();
  readonly kept = new Kept(this);
  readonly drafts = new Drafts(this);

  /** What the server said to whoever has to wait before it lets them in. */
  readonly waits = signal("");
  /** What the server said of another one that has the room, if this page can't go along. */
  readonly elsewhere = signal("");
  /** How often in a row the link was lost or could not be made. */
  readonly failures = signal(0);
  /** How often in a row that happened while the server answered otherwise. */
  readonly blocked = signal(0);
  /** The server said that it restarts. */
  readonly restarting = signal(false);
  /** What this seat has learnt, by skill, when ventures closed last. */
  readonly taught = signal<readonly number[]>([]);
  readonly late = signal<Late | undefined>(undefined);
  /** How often anything in table or hand has moved. */
  readonly moves = signal(0);
  /** The room has another history than the one that this page, or the one before it, had seen. */
  readonly diverged = signal(false);
  /** The server turns this seat away because it misses what the seat has seen; a host has to decide. */
  readonly missed = signal(false);
  /** The last absence that was long enough to tell of. */
  readonly away = signal<Absence | undefined>(undefined);

  /** The game; a season that the host has made the last is the last for every page. */
  readonly game = computed(() => {
    const game = this.view.single("game");
    const seasons = this.view.pieces("room")["last_season"] as number | undefined;
    return seasons ? { ...game, seasons } : game;
  });
  readonly legal = computed(() => legalOf(this.view.hand, this.you.value?.member ?? 0));
  readonly seat = computed(() => this.you.value?.seat ?? 0);
  readonly role = computed(() => this.view.find("seat", this.seat.value)?.role ?? this.you.value?.role ?? "");

  private entrance: Entrance;
  private seen: Seen | undefined;
  private looked: number | undefined; // the last command in what was on the page when the present press began
  private acting: ReturnType<typeof setTimeout> | undefined; // while what follows from that press at once is sent
  private until = 0; // the last command before the newest welcome
  private outbox: Outbox | undefined;
  private lostAt = 0;
  private previews = true;
  private patience = 3; // failures in a row before the slower way is taken; once it has been, one
  private readonly connection: Link;
  private readonly waiting = new Map<string, (frame: ResultFrame) => void>();

  constructor(
    entrance: Entrance,
    private readonly url = socketUrl(location.href),
    private readonly world: LinkWorld = browserWorld,
  ) {
    this.entrance = entrance;
    this.connection = new Link(
      url,
      {
        hello: () => this.hello(),
        frame: (frame) => this.receive(frame),
        state: (state, closeCode) => this.changeLink(state, closeCode),
        ended: (ending) => (this.ending.value = ending),
      },
      world,
    );
  }

  open(): this {
    this.ending.value = undefined;
    this.connection.open();
    return this;
  }

  close(): void {
    this.connection.close();
  }

  /** Another tab of this browser has taken the seat over. */
  yieldSeat(): void {
    this.connection.close();
    this.ending.value = { code: "replaced", message: "" };
  }

  /** The list of lines has been looked through: that goes with the seat, for the page that comes after a reload. */
  lookThrough(): void {
    const newest = this.log.lookThrough();
    if (newest && this.seen) keepRead(this.code.peek(), { seq: newest.seq ?? 0, epoch: this.seen.epoch });
  }

  command(name: string): Schema | undefined {
    return this.legal.value[name];
  }

  /** A press begins: what it is meant for is on the page now. */
  look(): void {
    this.looked = this.seen?.seq;
  }

  /** The press counts: what is sent in this turn of the page was seen when it began. */
  actOnSight(): void {
    clearTimeout(this.acting);
    this.acting = setTimeout(() => {
      this.acting = undefined;
    });
  }

  /**
   * Send a command for the present phase, or for the one it was asked in; the promise holds until it is answered, over
   * reconnects too.
   */
  send(name: string, args: Args = {}, at = this.at()): Promise<Answer> {
    const saw = this.acting === undefined ? this.seen?.seq : this.looked;
    const frame: CommandFrame = {
      type: "command",
      id: newId(),
      name,
      args,
      ...(at ? { at } : {}),
      ...(saw === undefined ? {} : { saw }),
    };
    this.outbox?.add(frame);
    this.sending.value += 1;
    const answer = this.answerOf(frame.id);
    this.connection.send(frame);
    const late = ANSWER_DUE_MS.map((ms, at) => setTimeout(() => void this.connection.doubt(at > 0), ms));
    return answer.then((result) => {
      late.map(clearTimeout);
      this.sending.value -= 1;
      return result;
    });
  }

  /** Ask what a command would change; undefined when there is no answer to be had. */
  async preview(name: string, args: Args): Promise<Preview | Failure | undefined> {
    if (!this.previews) return undefined;
    const frame: PreviewFrame = { type: "preview", id: newId(), name, args };
    const answer = this.answerOf(frame.id);
    if (!this.connection.send(frame)) {
      this.waiting.delete(frame.id);
      return undefined;
    }
    const result = await answer;
    return result.ok ? (result.preview ?? {}) : result.error;
  }

  private answerOf(id: string): Promise<ResultFrame> {
    return new Promise((settle) => this.waiting.set(id, settle));
  }

  /** Return for which phase something is meant that begins now. */
  at(): At | undefined {
    const game = this.view.single("game");
    return game.phase === undefined ? undefined : { season: game.season ?? 0, phase: game.phase };
  }

  private hello(): OpeningFrame {
    const entrance = this.entrance;
    return entrance.type === "resume" && this.seen ? { ...entrance, ...this.seen } : entrance;
  }

  private changeLink(state: LinkState, closeCode?: number): void {
    batch(() => {
      this.link.value = state;
      if (state === "lost") {
        this.failures.value += 1;
        this.restarting.value = closeCode === CLOSED.restarting;
      }
      if (state === "open") this.cameBack();
      else if (this.lostSince.peek() === undefined) this.lost();
    });
    if (state === "open") for (const frame of this.outbox?.list() ?? []) this.connection.send(frame);
    if (state === "lost") void this.askOtherwise();
  }

  /** A network that blocks sockets differs from a server that is down in what else comes through meanwhile. */
  private async askOtherwise(): Promise<void> {
    const since = this.lostSince.peek();
    const isThere = await this.world.isThere();
    if (this.lostSince.peek() !== since) return;
    this.blocked.value = isThere ? this.blocked.peek() + 1 : 0;
    if (this.blocked.peek() < this.patience) return;
    const { carry } = await import("../carried/slower");
    this.patience = 1;
    carry(this.connection);
  }

  private lost(): void {
    this.lostSince.value = performance.now();
    this.lostAt = Date.now(); // what a page has slept through, only the device's clock has counted
  }

  private cameBack(): void {
    const since = this.lostSince.peek();
    const gone = since === undefined ? 0 : Math.max(performance.now() - since, Date.now() - this.lostAt);
    if (gone > AWAY_MS && this.until > 0) this.away.value = { after: this.log.told, until: this.until };
    this.missed.value = false;
    this.elsewhere.value = "";
    this.failures.value = 0;
    this.blocked.value = 0;
    this.restarting.value = false;
    this.lostSince.value = undefined;
  }

  private receive(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        if ((frame.protocol ?? PROTOCOL) === PROTOCOL) batch(() => this.welcome(frame));
        else this.leaveBehind(frame);
        break;
      case "update":
        this.clock.hear(frame.now);
        batch(() => this.update(frame));
        break;
      case "result":
        if (frame.now !== undefined) this.clock.hear(frame.now);
        this.settle(frame);
        this.waiting.get(frame.id)?.(frame);
        this.waiting.delete(frame.id);
        break;
      case "error":
        this.blocked.value = 0; // it has come through
        this.missed.value = frame.code === "server_behind";
        this.elsewhere.value = frame.to && !reaches(this.url, frame.to) ? frame.message : "";
        this.waits.value = frame.code === "unavailable" ? frame.message : "";
        if (frame.code === "bad_frame") this.previews = false; // an older server: go on without previews
        break;
    }
  }

  /** The server speaks another version than this page: nothing of it would be understood, but the seat is kept. */
  private leaveBehind(frame: WelcomeFrame): void {
    this.keepToken(frame);
    this.connection.close();
    this.ending.value = { code: "outdated", message: "" };
  }

  private settle({ id, error }: ResultFrame): void {
    const sent = this.outbox?.settle(id);
    if (error?.code === "not_your_phase" && sent?.at && sent.name !== "ready")
      this.late.value = { command: sent.name, at: sent.at };
  }

  private welcome(frame: WelcomeFrame): void {
    this.clock.reset();
    this.clock.hear(frame.now);
    this.until = frame.seq;
    if (!frame.resumed) this.seen = seenIn(frame, frame.epoch);
    this.code.value = frame.room;
    this.you.value = frame.you;
    if (!frame.resumed) {
      this.view.replace(frame.table ?? {}, frame.hand ?? {});
      this.moves.value += 1;
    }
    this.keepToken(frame);
    if (this.isOtherHistory(frame)) {
      this.diverged.value = true;
      this.log.forget();
      this.away.value = undefined;
    }
    this.outbox ??= this.outboxOf(frame);
    const read = frame.you.kind === "seat" ? held("seat", frame.room)?.read : undefined;
    this.log.welcome(frame.resumed ? 0 : frame.seq, read?.epoch === frame.epoch ? read.seq : 0);
  }

  private outboxOf({ room, you: { kind } }: WelcomeFrame): Outbox | undefined {
    return kind === "watcher"
      ? undefined
      : new Outbox({ room, kind: kind === "host" ? kind : "seat", who: this.who() });
  }

  /**
   * Name the person whom this page is for among all of the room: no two that have sat in a seat have the same number,
   * and a host is known by the token.
   */
  who(): string {
    const { kind, seat = 0, member = 0 } = this.you.peek() ?? {};
    if (kind === "seat") return `${seat}.${member}`;
    const token = this.entrance.type === "resume" ? this.entrance.host_token : undefined;
    return token?.slice(-TOKEN_END) ?? "";
  }

  /** The server tells a page that has seen more; one that was loaded anew knows it by the number of its history. */
  private isOtherHistory({ room, you: { kind }, epoch, diverged = false }: WelcomeFrame): boolean {
    const before = kind === "watcher" ? undefined : keepEpoch(kind === "host" ? kind : "seat", room, epoch);
    return diverged || (before !== undefined && epoch > before);
  }

  private skills(): readonly number[] {
    return this.view.find("maker", this.seat.peek())?.skills ?? [];
  }

  private keepToken(frame: WelcomeFrame): void {
    const { name, pass, room } = this.entrance.type === "join" ? this.entrance : {};
    if (frame.seat_token) {
      const by = room === frame.room ? "" : room; // a class has dealt us to a table of it
      hold("seat", frame.room, frame.seat_token, name, by);
      if (by) keepMine(by, { name: name ?? "", ...(pass ? { pass } : {}) });
      this.entrance = { type: "resume", room: frame.room, seat_token: frame.seat_token };
    } else if (frame.host_token) {
      const ofClass = frame.table?.["class"] as { name?: string } | undefined;
      hold("host", frame.room, frame.host_token, ofClass?.name);
      this.entrance = { type: "resume", room: frame.room, host_token: frame.host_token };
    }
  }

  private update(frame: UpdateFrame): void {
    if (this.seen) this.seen = seenIn(frame, this.seen.epoch);
    const closing = frame.log?.some((line) => line.text === "venture_closed");
    const skills = closing ? this.skills() : [];
    this.view.patch(frame.table, frame.hand);
    if (frame.table || frame.hand) this.moves.value += 1;
    if (closing) this.taught.value = this.skills().map((level, index) => level - (skills[index] ?? level));
    if (frame.log?.length) this.log.take(frame.log, this.telling());
  }

  private telling(): Telling {
    const { number = 1, first_season = 1 } = this.view.single("run");
    const { season = 0, phase = "" } = this.view.single("game");
    return { now: { season, phase }, run: number, firstSeason: first_season, isSeat: this.seat.peek() > 0 };
  }
}

function seenIn({ seq, mark }: UpdateFrame | WelcomeFrame, epoch: number): Seen {
  return { seq, epoch, ...(mark ? { mark } : {}) };
}
