// An order of the class console: to the class itself, or to those of its tables that can take it; what came of it, and
// which tables did not do it.
import { useEffect, useState } from "preact/hooks";
import { RANKING, type Shown } from "../../parts/results/revealed";
import type { Args, Failure } from "../../protocol/frames";
import { type ClassTable, PLAYED_ON, tablesOf } from "../../store/classes";
import { useRoom } from "../../store/context";
import { ROLES } from "../../store/names";
import type { Answer, Room } from "../../store/room";
import { has, t, tn } from "../../texts";
import { listed, number } from "../../texts/numbers";

/**
 * What tables may be asked to do: `go_on` takes an end after this season back, `ranking` shows who stands where, `lock`
 * lets nobody new in.
 */
export const ORDERS = [
  "start",
  "pause",
  "resume",
  "extend",
  "advance",
  "end",
  "last_season",
  "go_on",
  "ranking",
  "announce",
  "lock",
  "unlock",
] as const;
export type Order = (typeof ORDERS)[number];

/** Whether a table can take an order, as far as a glance tells. */
const TAKES: { readonly [order in Order]: (table: ClassTable) => boolean } = {
  start: ({ status }) => status === "lobby",
  pause: ({ status, paused }) => status === "running" && !paused,
  resume: ({ status, paused }) => PLAYED_ON.has(status) && paused === true,
  extend: ({ status, clock }) => status === "running" && !!(clock?.deadline || clock?.remaining_ms),
  advance: ({ status, ends }) => status === "running" && !ends,
  end: ({ status, ends }) => status === "running" && ends === true,
  last_season: ({ status, season = 0, seasons = 0 }) => status === "running" && season < seasons,
  go_on: ({ status, last_season }) => status === "running" && last_season === true,
  ranking: ({ status, show }) => status === "over" && !isRevealed(show),
  announce: ({ status }) => PLAYED_ON.has(status),
  lock: (table) => isOpen(table) && !table.locked,
  unlock: (table) => isOpen(table) && table.locked === true,
};

/** Whether it is known of a table whether somebody new may come in. */
function isOpen({ status }: ClassTable): boolean {
  return status === "lobby" || status === "running";
}

/** Return whether who stands where has been revealed on a table's walls: then its phones show it, too. */
function isRevealed({ opened = 0 }: Partial<Shown> = {}): boolean {
  return opened >= ROLES.length;
}

/** Return the tables that can take an order. */
export function takersOf(order: Order, tables: readonly ClassTable[]): readonly ClassTable[] {
  return tables.filter(TAKES[order]);
}

/** Orders that are for a table where nobody is, too: how its game stands is known there alone. */
const WAKES: ReadonlySet<Order> = new Set<Order>([
  "start",
  "pause",
  "resume",
  "extend",
  "advance",
  "last_season",
  "lock",
  "unlock",
]);

/** Return the tables that are to carry an order out: those that can, and those of which that is not known. */
function meantBy(order: Order, tables: readonly ClassTable[]): readonly ClassTable[] {
  return tables.filter((table) => TAKES[order](table) || (WAKES.has(order) && table.status === "asleep"));
}

/** Return what came of an order without the refusals of tables that were only asked whether they can. */
function withoutAsked({ done, refused }: Outcome, order: Order, tables: readonly ClassTable[]): Outcome {
  const asked = new Set(tables.filter((table) => !TAKES[order](table)).map(({ number: n }) => String(n)));
  const told = Object.entries(refused).filter(([table, { code }]) => !(asked.has(table) && code === "rule"));
  return { done, refused: Object.fromEntries(told) };
}

const COMMANDS: { readonly [order in Order]?: { name: string; args: Args } } = {
  last_season: { name: "host.last_season", args: { last: true } },
  go_on: { name: "host.last_season", args: { last: false } },
  lock: { name: "host.lock", args: { joining: false } },
  unlock: { name: "host.lock", args: { joining: true } },
  ranking: { name: "host.show", args: { scene: RANKING, step: ROLES.length, curtain: false } }, // all roles at once
};

const NAMES: { readonly [order in Order]: string } = {
  start: "ui.class.start",
  pause: "ui.host.pause",
  resume: "ui.host.resume",
  extend: "ui.host.extend",
  advance: "ui.class.advance",
  end: "ui.host.end",
  last_season: "ui.host.last_season",
  go_on: "ui.host.last_season.back",
  ranking: "ui.class.ranking",
  announce: "ui.class.announce",
  lock: "ui.host.lock",
  unlock: "ui.host.unlock",
};

/** Return what an order is called on its button. */
export function nameOf(order: Order, args: Args = {}): string {
  return t(NAMES[order], args as { seconds?: number });
}

type Refused = { readonly [table: string]: Pick<Failure, "code"> };

/** What came of an order. */
interface Outcome {
  done: number;
  refused: Refused;
}

/** Return what an order has done, and for each reason which tables have not done it, a sentence each. */
export function sentencesOf(order: Order, args: Args, { done, refused }: Outcome): readonly string[] {
  const why = new Map<string, string[]>();
  for (const [table, { code }] of Object.entries(refused)) {
    const key = `ui.class.refused.${code}`;
    const said = has(key) ? key : "ui.class.refused";
    why.set(said, [...(why.get(said) ?? []), number(Number(table))]);
  }
  const refusals = [...why].map(([key, at]) => tn(key, at.length, { tables: listed(at), order: nameOf(order, args) }));
  return done > 0 ? [tn(`ui.class.done.${order}`, done, args as { seconds?: number }), ...refusals] : refusals;
}

/** Orders that were asked about a phase: another host may have closed it since, and the next one is not meant. */
const OF_A_PHASE: ReadonlySet<Order> = new Set<Order>(["advance", "end"]);

/** Return which phase of a table is meant, as the server takes it; of one where nobody is, only that it is meant. */
function phaseOf({ number: n, status, season = 0, phase = "" }: ClassTable): string {
  return status === "asleep" ? `${n}` : `${n} ${season} ${phase}`;
}

/** Give an order to tables: in one command where that names them or is for all of the class, else in one for each. */
async function give(room: Room, order: Order, tables: readonly ClassTable[], given: Args): Promise<Outcome> {
  const { name, args } = COMMANDS[order] ?? { name: `host.${order}`, args: given };
  if (tables.length === 0) return { done: 0, refused: {} };
  if (OF_A_PHASE.has(order)) return giveAtOnce(room, name, tables, { ...args, phases: tables.map(phaseOf) });
  if (tables.length > 1 && tables.length === tablesOf(room.view).length) return giveAtOnce(room, name, tables, args);
  const found: { done: number; refused: { [table: string]: Pick<Failure, "code"> } } = { done: 0, refused: {} };
  for (const { number: table } of tables) {
    const { ok, error } = await room.send(name, { ...args, table });
    if (ok) found.done += 1;
    else found.refused[table] = { code: error?.code ?? "" };
  }
  return found;
}

async function giveAtOnce(room: Room, name: string, tables: readonly ClassTable[], args: Args): Promise<Outcome> {
  const { ok, data, error } = await room.send(name, args);
  const { tables: done = 0, refused = {} } = (data ?? {}) as { tables?: number; refused?: Refused };
  if (ok) return { done, refused };
  return { done: 0, refused: Object.fromEntries(tables.map((each) => [each.number, { code: error?.code ?? "" }])) };
}

export interface Ordered {
  /** Why nothing was done. */
  failure: Failure | undefined;
  /** What was done, and what some tables have refused, a sentence each; it goes once it has been read. */
  said: readonly string[];
  /** Send a command of the class. */
  send: (name: string, args?: Args) => Promise<Answer>;
  /** Have those of some tables that can take an order carry it out; whether any has. */
  lead: (order: Order, tables: readonly ClassTable[], args?: Args) => Promise<boolean>;
  /** Say no more of what was done: something else comes. */
  forget: () => void;
}

const SAID_MS = 10_000; // for a sentence

export function useOrder(): Ordered {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const [said, setSaid] = useState<readonly string[]>([]);
  useEffect(() => {
    const timer = said.length > 0 ? setTimeout(() => setSaid([]), SAID_MS * said.length) : undefined;
    return () => clearTimeout(timer);
  }, [said]);
  const forget = (): void => {
    setFailure(undefined);
    setSaid([]);
  };
  const send = async (name: string, args: Args = {}): Promise<Answer> => {
    forget();
    const answer = await room.send(name, args);
    setFailure(answer.error);
    return answer;
  };
  const lead = async (order: Order, tables: readonly ClassTable[], args: Args = {}): Promise<boolean> => {
    forget();
    const meant = meantBy(order, tables);
    const outcome = withoutAsked(await give(room, order, meant, args), order, meant);
    setSaid(sentencesOf(order, args, outcome));
    return outcome.done > 0;
  };
  return { failure, said, send, lead, forget };
}
