// What the living picture shows: who is where, what is made there, who is tied to whom. Read off the table alone, as
// plain data, so that it can be drawn when its turn comes.

import { faceOf } from "../../parts/pictures/faces/face";
import { needsRing, penOf } from "../../parts/pictures/pens";
import { pairsOf, tiesBefore } from "../../parts/results/debrief_data";
import type { Venture } from "../../store/entities";
import { initialsOf, seatName, spaceName, ventureName } from "../../store/names";
import { placeOf } from "../../store/own_seat";
import type { Room } from "../../store/room";

export interface Figure {
  seat: number;
  name: string;
  initials: string;
  symbol: string;
  role: "maker" | "investor";
  face: number;
  /** The ring round the face, or undefined where the face alone tells it apart. */
  pen: number | undefined;
}

export interface Thing {
  id: number;
  name: string;
  sector: string;
  stage: number;
  born: boolean;
  closed: boolean;
}

export interface BoardOf {
  space: number;
  name: string;
  makers: readonly Figure[];
  investors: readonly Figure[];
  ventures: readonly Thing[];
  /** How many desks it has; the garage has none to give. */
  desks: number;
}

export interface Line {
  sort: "tie" | "deal";
  one: number;
  other: number;
  fresh: boolean;
}

export interface Picture {
  boards: readonly BoardOf[];
  lines: readonly Line[];
  people: number;
}

export const GARAGE = 0;

export function freeDesks({ desks, makers }: BoardOf): number {
  return Math.max(0, desks - makers.length);
}

/** Return the boards in the order of the spaces, the garage always last, so that no board ever changes its place. */
export function pictureOf(room: Room): Picture {
  const { view } = room;
  const makers = view.all("maker").map((maker) => ({ seat: maker.seat, place: placeOf(room, maker.seat) }));
  const investors = view.all("investor").map((investor) => ({ seat: investor.seat, places: investor.badges ?? [] }));
  const board = (space: number): BoardOf => ({
    space,
    name: spaceName(view, space),
    makers: makers.filter((maker) => maker.place === space).map((maker) => figure(room, maker.seat, "maker")),
    investors: investors
      .filter((each) => (space ? each.places[0] === space : each.places.length === 0))
      .map((each) => figure(room, each.seat, "investor")),
    ventures: thingsAt(room, space),
    desks: view.find("space", space)?.stations ?? 0,
  });
  const boards = [...view.all("space").map((space) => board(space.id)), board(GARAGE)];
  return { boards, lines: [...tiesOf(room), ...dealsOf(room)], people: makers.length + investors.length };
}

function figure({ view }: Room, seat: number, role: Figure["role"]): Figure {
  const kind = role === "investor" ? view.find("investor", seat)?.type : undefined;
  const found = view.find("seat", seat);
  return {
    seat,
    role,
    name: seatName(view, seat),
    initials: initialsOf(view, seat),
    symbol: kind ?? role,
    face: faceOf(found, seat),
    pen: needsRing(found, seat) ? penOf(found, seat) : undefined,
  };
}

function thingsAt({ view, game }: Room, space: number): Thing[] {
  const { season } = game.value;
  return view
    .all("venture")
    .filter((venture) => venture.space === space && (!venture.closed || venture.closed_season === season))
    .sort((one, other) => Number(Boolean(one.closed)) - Number(Boolean(other.closed)))
    .map((venture) => thing(venture, ventureName(view, venture.id)));
}

function thing(venture: Venture, name: string): Thing {
  return {
    id: venture.id,
    name,
    sector: venture.sector,
    stage: venture.stage,
    born: venture.born,
    closed: Boolean(venture.closed),
  };
}

function dealsOf({ view, game }: Room): Line[] {
  const deals = view.all("deal").filter((deal) => deal.season === game.value.season);
  const pairs = new Set(deals.map((deal) => `${deal.maker}:${deal.investor}`));
  return [...pairs].map((pair) => lineOf("deal", pair, true));
}

function tiesOf(room: Room): Line[] {
  const { season = 0 } = room.game.value;
  const before = tiesBefore(room.view, season);
  return room.view
    .all("maker")
    .flatMap(pairsOf)
    .map((pair) => lineOf("tie", pair, !before.has(pair)));
}

function lineOf(sort: Line["sort"], pair: string, fresh: boolean): Line {
  const [one = 0, other = 0] = pair.split(":").map(Number);
  return { sort, one, other, fresh };
}
