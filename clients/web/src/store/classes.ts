// A class as its console and its wall know it: its tables at a glance, and its people for whoever hosts it.
import type { Clock } from "./entities";
import type { Room } from "./room";
import { left } from "./time";
import type { View } from "./view";

export type Status = "lobby" | "running" | "over" | "asleep" | "closed" | "quarantined" | "gone";

/** How a table stands whose game is not over yet; people of the others may be dealt to the next game's tables. */
export const PLAYED_ON: ReadonlySet<Status> = new Set<Status>(["lobby", "running", "asleep"]);

/** One table at a glance; what is optional is there only of a table whose room is in memory. */
export interface ClassTable {
  number: number;
  room: string;
  dealt: number;
  places: number;
  own_rules?: boolean;
  /** In which of the class's games it is played; left out of the first. */
  game?: number;
  status: Status;
  season?: number;
  seasons?: number;
  phase?: string;
  seats?: number;
  people?: number;
  here?: number;
  away?: number;
  bots?: number;
  ready?: number;
  asks?: number;
  lost?: number;
  hosts?: number;
  paused?: boolean;
  /** Whether nobody new comes in. */
  locked?: boolean;
  /** Whether the phase is over there and ends with those of the other tables. */
  waits?: boolean;
  /** Whether the end of this phase is that of the game, by a host's word. */
  ends?: boolean;
  /** Whether a host has made the season of now the last one. */
  last_season?: boolean;
  /** What its walls show after the end: how far who stands where is revealed. */
  show?: { scene: string; step: number; opened?: number };
  dropped?: number;
  clock?: Partial<Clock>;
}

export interface ClassPerson {
  number: number;
  name: string;
  table: number;
  seat: number;
  here: boolean;
  listed: boolean;
  /** What the list says of them besides, or what they have answered at the door. */
  mark: string;
  /** With whom they want to sit. */
  wants: string;
  /** What their table calls them, where that is not their name. */
  called?: string;
}

/** How people of a class are grouped, and what they are asked at the door. */
export interface Grouping {
  by: string;
  question: string;
  answers: readonly string[];
  asks_wish: boolean;
}

const USUAL: Grouping = { by: "size", question: "", answers: [], asks_wish: false };

export interface AboutClass {
  code: string;
  name: string;
  /** What its pages speak where nobody has chosen another; a server of before says none. */
  language?: string;
  scenario: string;
  size: number;
  people: number;
  /** The table that the wall shows; 0: all. */
  wall: number;
  /** Whether it shows the comparison of all of them. */
  compare?: boolean;
  /** Whether a phase ends at all tables once the last is done. */
  in_step?: boolean;
  /** How many have come and wait for a place at a table, for its hosts. */
  waiting?: number;
}

/** Return what a class is; undefined where the page shows a room. */
export function aboutClass(view: View): AboutClass | undefined {
  const { code, ...rest } = view.pieces("class") as Partial<AboutClass>;
  if (!code || !("size" in rest)) return undefined;
  return { code, name: "", scenario: "", size: 0, people: 0, wall: 0, ...rest };
}

export function tablesOf(view: View): readonly ClassTable[] {
  return numbered<ClassTable>(view.pieces("tables"), {}).sort((one, other) => one.number - other.number);
}

const FORMER: ReadonlySet<Status> = new Set<Status>(["over", "closed", "gone"]);

export function gameOf({ game = 1 }: ClassTable): number {
  return game;
}

/** Return the tables of former games: those that are over, of a game before the latest. */
export function formerOf(tables: readonly ClassTable[]): readonly ClassTable[] {
  const latest = Math.max(...tables.map(gameOf));
  return tables.filter((table) => FORMER.has(table.status) && gameOf(table) < latest);
}

/** Return the games that can be compared by themselves: some of their tables are over, and none goes on. */
export function gamesOver(tables: readonly ClassTable[]): readonly number[] {
  const games = [...new Set(tables.map(gameOf))];
  return games.filter((game) => canCompare(tables.filter((table) => gameOf(table) === game)));
}

export function peopleOf(view: View): readonly ClassPerson[] {
  const usual = { table: 0, seat: 0, here: false, listed: false, mark: "", wants: "" };
  return numbered<ClassPerson>(view.pieces("person"), usual);
}

/** Return who was removed from the class and had a seat: of them the name alone is kept, by number. */
export function removedOf(view: View): readonly Pick<ClassPerson, "number" | "name">[] {
  return Object.entries(view.pieces("removed")).map(([number, fields]) => ({
    number: Number(number),
    name: String((fields as { name?: string }).name ?? ""),
  }));
}

export function groupingOf(view: View): Grouping {
  return { ...USUAL, ...(view.pieces("class")["grouping"] as Partial<Grouping> | undefined) };
}

function numbered<T extends { number: number }>(pieces: object, usual: object): T[] {
  return Object.entries(pieces).map(([key, fields]) => ({ ...usual, ...(fields as object), number: Number(key) }) as T);
}

/** Return whether tables can be held beside each other: some are over, and none of them goes on. */
export function canCompare(tables: readonly ClassTable[]): boolean {
  return tables.some(({ status }) => status === "over") && !tables.some(({ status }) => status === "running");
}

/** Return whether the close of the phase is the end of the game there. */
export function isAtItsEnd({ status, phase, season, seasons }: ClassTable): boolean {
  return status === "running" && phase === "recap" && season === seasons;
}

/** What a teacher goes to a table for. */
export type Exception = "asks" | "lost" | "paused" | "away" | "empty" | "closed" | "quarantined" | "gone";

const MANY_AWAY = 1 / 3;

/** Return what is out of the ordinary at a table, what is most urgent first. */
export function exceptionsOf(table: ClassTable): readonly Exception[] {
  const { status, asks = 0, lost = 0, away = 0, people = 0, here = 0, paused = false } = table;
  const isPlayed = status === "lobby" || status === "running";
  const found: [Exception, boolean][] = [
    ["asks", asks > 0],
    ["lost", lost > 0],
    ["paused", paused && isPlayed],
    ["away", isPlayed && people > 0 && here > 0 && away >= Math.max(2, MANY_AWAY * people)],
    ["empty", status === "running" && here === 0],
    ["quarantined", status === "quarantined"],
    ["closed", status === "closed"],
    ["gone", status === "gone"],
  ];
  return found.flatMap(([exception, is]) => (is ? [exception] : []));
}

/** Return how many whole seconds a table's phase has left; undefined where no clock runs. */
export function secondsLeft(room: Room, { clock, status }: ClassTable): number | undefined {
  const ms = clock && status === "running" ? left(room, clock) : undefined;
  return ms === undefined ? undefined : Math.ceil(ms / 1000);
}
