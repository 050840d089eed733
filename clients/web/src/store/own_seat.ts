// What a seat has: its own pieces of the table, live.
import type { Deal, Investor, Maker, Sheet, Space, Venture } from "./entities";
import type { Room } from "./room";

export interface Mine {
  seat: number;
  role: string;
  credits: number;
  hours: number | undefined;
  maker: Maker | undefined;
  investor: Investor | undefined;
  space: Space | undefined;
  /** The venture that a maker leads or has joined. */
  venture: Venture | undefined;
}

export function mine(room: Pick<Room, "view" | "seat" | "role">): Mine {
  const { view } = room;
  const seat = room.seat.value;
  const role = room.role.value;
  const maker = role === "maker" ? view.find("maker", seat) : undefined;
  const investor = role === "investor" ? view.find("investor", seat) : undefined;
  const space = role === "operator" ? view.find("space", seat) : undefined;
  const venture = maker?.venture ? view.find("venture", maker.venture) : undefined;
  return {
    seat,
    role,
    credits: view.find("account", `${role}:${seat}`)?.balance ?? 0,
    hours: maker?.hours ?? investor?.hours,
    maker,
    investor,
    space,
    venture: venture?.closed ? undefined : venture,
  };
}

export function isAlive(venture: Venture): boolean {
  return !venture.closed;
}

/** Return a seat's part of a venture, in shares. */
export function holding(venture: Venture, seat: number): number {
  return venture.shares?.[seat] ?? 0;
}

export function openSheets(room: Room): Sheet[] {
  return room.view.all("sheet").filter((sheet) => sheet.status === "open");
}

/** Return the deals of this season that a seat is a side of. */
export function dealsNow(room: Room): Deal[] {
  const seat = room.seat.value;
  const season = room.game.value.season;
  return room.view
    .all("deal")
    .filter((deal) => deal.season === season && (deal.maker === seat || deal.investor === seat));
}

/** Return where a maker sits: the space of its venture, 0 for the garage. */
export function placeOf(room: Room, maker: number): number {
  const venture = room.view.find("maker", maker)?.venture;
  return (venture && room.view.find("venture", venture)?.space) || 0;
}
