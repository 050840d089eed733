// A room in which a test lets phases pass: one seat's table and hand, patched as a server would; what its cards say.
import { render } from "@testing-library/preact";
import type { Line, Tree } from "../../../src/protocol/frames";
import { MomentCard, sentenceOf } from "../../../src/seat/moments/cards/all";
import { OwnStory } from "../../../src/seat/moments/own_story";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

export const MINA = 1;
export const JUN = 2;
export const BO = 3;
export const OLGA = 4;
/** Bo pays Mina 60 credits for a quarter of her venture. */
export const DEAL = {
  id: 9,
  season: 1,
  investor: BO,
  venture: 5,
  maker: MINA,
  credits: 60,
  hours: 0,
  shares: 2500,
  fee: 0,
  source: "sheet",
  round: 0,
  delivered: 0,
  fee_due: 0,
  fee_paid: 0,
};
const NOW = 1_000_000;
const PHASES = ["policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap"];

const TABLE = {
  game: { season: 1, seasons: 4, phase: "admission", phase_number: 1, status: "running" },
  run: { number: 1, first_season: 1 },
  seat: {
    1: { id: MINA, role: "maker", name: "Mina" },
    2: { id: JUN, role: "maker", name: "Jun" },
    3: { id: BO, role: "investor", name: "Bo" },
    4: { id: OLGA, role: "operator", name: "Olga" },
  },
  maker: {
    1: { seat: MINA, skills: [2, 6, 3], spirit: 5, ties: [], venture: 5 },
    2: { seat: JUN, skills: [4, 2, 5], spirit: 5, ties: [], venture: 6 },
  },
  investor: { 3: { seat: BO, badges: [], speciality: "business", type: "fund" } },
  space: { 4: { id: OLGA, stations: 3, rent: 12, vitality: 40, rating_mean: 0 } },
  venture: {
    5: {
      id: 5,
      card: "rice-robot",
      sector: "food",
      lead: MINA,
      cofounders: [],
      shares: { 1: 10000 },
      stage: 0,
      born: false,
      closed: "",
      space: 0,
      tracks: [0, 0, 0],
      dice: [],
      roll: {},
      misses: 0,
    },
    6: {
      id: 6,
      card: "posture-giraffe",
      sector: "health",
      lead: JUN,
      cofounders: [],
      shares: { 2: 10000 },
      stage: 0,
      born: false,
      closed: "",
      space: 4,
      tracks: [0, 0, 0],
      dice: [],
      roll: {},
      misses: 0,
    },
  },
  account: {
    "maker:1": { name: "maker:1", seat: 1, balance: 60 },
    "venture:5": { balance: 0 },
    "investor:3": { balance: 200 },
  },
};

export interface Played {
  room: Room;
  world: FakeWorld;
  story: OwnStory;
  /** Open a phase with what its close has brought. */
  open(phase: string, table?: object, hand?: object, log?: readonly Line[]): void;
  /** Go back to the start of a phase, as the table and the hand were then. */
  rewind(phase: string, table?: object, hand?: object): void;
  /** Change or say something while a phase is open. */
  change(table: object, hand?: object, log?: readonly Line[]): void;
}

let seq = 10;

/** Sit down in a room that is in admission, with a clock of 100 s. */
export function sit(seat: number, role: string, hand: object = {}): Played {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  const clock = { deadline: NOW + 100_000, paused: false };
  const you = { kind: "seat" as const, seat, role, member: 1 };
  world.last.say(welcome({ ...TABLE, clock } as unknown as Tree, hand as unknown as Tree, { you, now: NOW }));
  const say = (table: object, own: object, log: readonly Line[]): void => {
    seq += 1;
    const lines = log.map((line) => ({ seq, ...line }));
    world.last.say({
      type: "update",
      seq,
      now: NOW,
      table: table as unknown as Tree,
      hand: own as unknown as Tree,
      ...(lines.length > 0 ? { log: lines } : {}),
    });
  };
  say({}, {}, [{ text: "phase_opened", values: { season: 1, phase: "admission" } }]);
  const story = new OwnStory(room);
  story.watch();
  return {
    room,
    world,
    story,
    open: (phase, table = {}, own = {}, log = []) => {
      const season = room.game.peek().season ?? 1;
      const game = { phase, phase_number: PHASES.indexOf(phase) };
      const opened = { text: "phase_opened", values: { season, phase } };
      say({ game, clock: { deadline: NOW + 100_000 }, ...table }, own, [...log, opened]);
    },
    rewind: (phase, table = {}, own = {}) => {
      const season = room.game.peek().season ?? 1;
      const game = { phase, phase_number: PHASES.indexOf(phase) };
      say({ game, ...table }, own, [{ text: "rewound", values: { season, phase } }]);
    },
    change: (table, own = {}, log = []) => say(table, own, log),
  };
}

let played: Played | undefined;

/** Sit down, where whoever sat before leaves. */
export function seated(seat: number, role: string, hand: object = {}): Played {
  leave();
  played = sit(seat, role, hand);
  return played;
}

/** Leave the room in which somebody sat down last. */
export function leave(): void {
  played?.room.close();
  played = undefined;
}

/** Return the sentences of what waits. */
export function said({ room, story }: Played): string[] {
  return story.waiting.value.map((moment) => sentenceOf(room, moment));
}

/** Return what a card shows, the first one unless told which. */
export function shown({ room, story }: Played, at = 0): string {
  const moment = story.waiting.value[at];
  const card = moment ? <MomentCard moment={moment} /> : null;
  const { container, unmount } = render(<RoomContext.Provider value={room}>{card}</RoomContext.Provider>);
  const text = container.textContent ?? "";
  unmount();
  return text;
}
