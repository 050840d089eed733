// What this seat was and had at one moment, as far as a card says afterwards what moved. It is kept while a phase is
// open, over a reload too.
import { placed } from "../../parts/results/standings";
import type { Space, Venture } from "../../store/entities";
import { holding, mine } from "../../store/own_seat";
import type { Room } from "../../store/room";

export interface VentureThen {
  stage: number;
  born: boolean;
  closed: boolean;
  tracks: readonly number[];
}

export interface Snapshot {
  /** Which of the room's games is played; each one deals anew. */
  run: number;
  season: number;
  phase: string;
  phaseNumber: number;
  skills: readonly number[];
  spirit: number | undefined;
  credits: number;
  ties: readonly number[];
  /** The spaces whose badge an investor holds; missing where an older page kept it. */
  badges?: readonly number[];
  /** Whom an operator's wild card is sealed for. */
  wild?: number;
  deals: readonly number[];
  /** The ventures that this seat has a part in. */
  ventures: { readonly [venture: number]: VentureThen };
  /** What each open venture had, those of others too: who invests has no part in it before. */
  tills: { readonly [venture: number]: number };
  points: number | undefined;
  place: number | undefined;
  parts: { readonly [part: string]: number };
  vitality: number;
  rating: number;
  /** What a space's vitality is made of: community, resources, integration; missing where an older page kept it. */
  indices?: readonly number[];
  /** What people would spend, by sector; missing where an older page has kept it. */
  demand?: { readonly [sector: string]: number };
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
  const open = view.all("venture").filter(({ closed }) => !closed);
  const own = placed(room, role).find((row) => row.seat === seat);
  return {
    run: view.single("run").number ?? 0,
    season,
    phase,
    phaseNumber: phase_number,
    skills: maker?.skills ?? [],
    spirit: maker?.spirit,
    credits,
    ties: maker?.ties ?? [],
    ...ofRole(room),
    deals: view.all("deal").map((deal) => deal.id),
    ventures: Object.fromEntries(ventures.map((venture) => [venture.id, thenOf(venture)])),
    tills: Object.fromEntries(open.map(({ id }) => [id, tillOf(room, id)])),
    points: own?.score,
    place: own?.place,
    parts: view.find("standing", seat)?.parts ?? {},
    vitality: space?.vitality ?? 0,
    rating: space?.rating_mean ?? 0,
    ...(space ? { indices: indicesOf(space) } : {}),
    demand: Object.fromEntries(view.all("sector").map((sector) => [sector.name, sector.demand])),
  };
}

function ofRole({ view, seat, role }: Table): Pick<Snapshot, "badges" | "wild"> {
  if (role.value === "investor") return { badges: view.find("investor", seat.value)?.badges ?? [] };
  const sealed = view.find("choice", `${seat.value}:wild_card:`);
  return sealed && !sealed.by_default ? { wild: Number(sealed.args["seat"] ?? 0) } : {};
}

/** Return what a space's vitality is made of, as `INDICES` names it. */
function indicesOf(space: Space): readonly number[] {
  return [space.community_index, space.resources_index, space.integration_index];
}

function thenOf({ stage, born, closed, tracks }: Venture): VentureThen {
  return { stage, born, closed: closed !== "", tracks };
}
