// What the street shows: which house belongs to whom, who is in it, what is made there, who is tied to whom. Read off
// the table alone, as plain data, so that it can be drawn when its turn comes.
import { computed, type ReadonlySignal } from "@preact/signals";
import { faceOf } from "../../parts/pictures/faces/face";
import { pairsOf, tiesBefore } from "../../parts/results/debrief_data";
import type { Venture } from "../../store/entities";
import { spaceName, ventureName, wholeName } from "../../store/names";
import { placeOf } from "../../store/own_seat";
import type { Room } from "../../store/room";
import type { View } from "../../store/view";
import { shared } from "./shared";

/** Somebody in the street. */
export interface Figure {
  seat: number;
  name: string;
  face: number;
  role: "maker" | "investor" | "operator";
  /** The sign at the face: the role, or an investor's kind. */
  symbol: string;
  /** What is made at this desk: the venture that the seat leads. */
  made: Thing | undefined;
}

/** A venture as a part. */
export interface Thing {
  id: number;
  name: string;
  sector: string;
  stage: number;
  born: boolean;
}

/** A space, or the garage. */
export interface Place {
  space: number;
  name: string;
  operator: Figure | undefined;
  makers: readonly Figure[];
  investors: readonly Figure[];
  /** How many desks it has; the garage has none to give. */
  desks: number;
}

/** Two that have something with each other. */
export interface Bond {
  sort: "tie" | "deal";
  one: number;
  other: number;
  /** Whether it is of this season. */
  fresh: boolean;
}

export interface Town {
  places: readonly Place[];
  bonds: readonly Bond[];
  people: number;
}

export const GARAGE = 0;

/** Return the places in the order of the spaces, the garage always last, so that no house ever changes its place. */
export function townOf(room: Room): Town {
  const { view } = room;
  const led = ledBySeat(view.all("venture"));
  const makers = view.all("maker").map(({ seat }) => ({ seat, place: placeOf(room, seat) }));
  const investors = view.all("investor").map(({ seat, badges }) => ({ seat, place: badges?.[0] ?? GARAGE }));
  const at = (space: number, of: readonly { seat: number; place: number }[], role: Figure["role"]): Figure[] =>
    of.filter(({ place }) => place === space).map(({ seat }) => figureOf(room, seat, role, led.get(seat)));
  const places = [...view.all("space").map(({ id }) => id), GARAGE].map((space) => ({
    space,
    name: spaceName(view, space),
    operator: operatorOf(room, space),
    makers: at(space, makers, "maker"),
    investors: at(space, investors, "investor"),
    desks: view.find("space", space)?.stations ?? 0,
  }));
  return { places, bonds: [...tiesOf(room), ...dealsOf(room)], people: makers.length + investors.length };
}

/** A space has the number of its operator's seat. */
function operatorOf(room: Room, space: number): Figure | undefined {
  return space === GARAGE ? undefined : figureOf(room, space, "operator");
}

/** Return the venture that each seat leads, of those that are open. */
function ledBySeat(ventures: readonly Venture[]): ReadonlyMap<number, Venture> {
  const open = ventures.filter(({ closed }) => !closed);
  return new Map(open.reverse().map((venture) => [venture.lead, venture])); // of several the first
}

function figureOf({ view }: Room, seat: number, role: Figure["role"], led?: Venture): Figure {
  const kind = role === "investor" ? view.find("investor", seat)?.type : undefined;
  return {
    seat,
    role,
    ...looksOf(view, seat),
    symbol: kind ?? role,
    made: role === "maker" && led ? thingOf(led, ventureName(view, led.id)) : undefined,
  };
}

type Looks = Pick<Figure, "name" | "face">;

const known = new WeakMap<View, Map<number, ReadonlySignal<Looks>>>();

/** What somebody is called and looks like; whoever asks is not asked again with each choice that the seat makes. */
function looksOf(view: View, seat: number): Looks {
  const ofView = known.get(view) ?? new Map<number, ReadonlySignal<Looks>>();
  known.set(view, ofView);
  const looks = ofView.get(seat) ?? looksIn(view, seat);
  ofView.set(seat, looks);
  return looks.value;
}

function looksIn(view: View, seat: number): ReadonlySignal<Looks> {
  let before: Looks | undefined;
  return computed(() => {
    before = shared(before, { name: wholeName(view, seat), face: faceOf(view.find("seat", seat), seat) });
    return before;
  });
}

function thingOf({ id, sector, stage, born }: Venture, name: string): Thing {
  return { id, name, sector, stage, born };
}

function dealsOf({ view, game }: Room): Bond[] {
  const deals = view.all("deal").filter((deal) => deal.season === game.value.season);
  const pairs = new Set(deals.map((deal) => `${deal.maker}:${deal.investor}`));
  return [...pairs].map((pair) => bondOf("deal", pair, true));
}

function tiesOf(room: Room): Bond[] {
  const { season = 0 } = room.game.value;
  const before = tiesBefore(room.view, season);
  return room.view
    .all("maker")
    .flatMap(pairsOf)
    .map((pair) => bondOf("tie", pair, !before.has(pair)));
}

function bondOf(sort: Bond["sort"], pair: string, fresh: boolean): Bond {
  const [one = 0, other = 0] = pair.split(":").map(Number);
  return { sort, one, other, fresh };
}

export function freeDesks({ desks, makers }: Place): number {
  return Math.max(0, desks - makers.length);
}
