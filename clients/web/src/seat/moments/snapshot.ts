// What this seat was and had at one moment, as far as a card says afterwards what moved. It is kept while a phase is
// open, over a reload too.
import { placed } from "../../parts/results/standings";
import type { Venture } from "../../store/entities";
import { holding, mine } from "../../store/own_seat";
import type { Room } from "../../store/room";

export interface VentureThen {
  till: number;
  stage: number;
  born: boolean;
  closed: boolean;
  tracks: readonly number[];
}

export interface Snapshot {
  season: number;
  phase: string;
  phaseNumber: number;
  skills: readonly number[];
  spirit: number | undefined;
  credits: number;
  ties: readonly number[];
  deals: readonly number[];
  /** The ventures that this seat has a part in. */
  ventures: { readonly [venture: number]: VentureThen };
  points: number | undefined;
  place: number | undefined;
  parts: { readonly [part: string]: number };
  vitality: number;
  rating: number;
}

export type Table = Pick<Room, "view" | "seat" | "role">;

/** Return whether a seat leads a venture, is of its team or holds shares. */
export function hasPart(venture: Venture, seat: number): boolean {
  return venture.lead === seat || venture.cofounders.includes(seat) || holding(venture, seat) > 0;
}

export function tillOf({ view }: Table, venture: number): number {
  return view.find("account", `venture:${venture}`)?.balance ?? 0;
}

export function snapshotOf(room: Table): Snapshot {
  const { view } = room;
  const { seat, role, maker, space, credits } = mine(room);
  const { season = 0, phase = "", phase_number = 0 } = view.single("game");
  const ventures = view.all("venture").filter((venture) => hasPart(venture, seat));
  const own = placed(room, role).find((row) => row.seat === seat);
  return {
    season,
    phase,
    phaseNumber: phase_number,
    skills: maker?.skills ?? [],
    spirit: maker?.spirit,
    credits,
    ties: maker?.ties ?? [],
    deals: view.all("deal").map((deal) => deal.id),
    ventures: Object.fromEntries(ventures.map((venture) => [venture.id, thenOf(room, venture)])),
    points: own?.score,
    place: own?.place,
    parts: view.find("standing", seat)?.parts ?? {},
    vitality: space?.vitality ?? 0,
    rating: space?.rating_mean ?? 0,
  };
}

function thenOf(room: Table, { id, stage, born, closed, tracks }: Venture): VentureThen {
  return { till: tillOf(room, id), stage, born, closed: closed !== "", tracks };
}
