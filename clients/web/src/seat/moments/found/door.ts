// What the doors said: to a maker's pitch, to an investor who asked for a badge, and who came to an operator's own.

import type { Kinds } from "../../../store/entities";
import { parameter } from "../../../store/rules";
import type { Arrivals, Badge, Door, Moment } from "../kinds";
import type { Table } from "../snapshot";
import { type Asked, isCloseOf } from "./asked";
import { letInBy } from "./wild_card";

const IN = ["given", "wild_card"];

export function isIn(outcome: string): boolean {
  return IN.includes(outcome);
}

/** Return the leads who sit at a space's desks, in order of seat. */
function seatedAt({ view }: Table, space: number): number[] {
  const tenants = view.all("venture").filter((venture) => !venture.closed && venture.space === space);
  return tenants.map((venture) => venture.lead).sort((one, other) => one - other);
}

function desksOf({ view }: Table, space: number): number {
  return view.find("space", space)?.stations ?? 0;
}

export function doors(asked: Asked): Moment[] {
  const { role } = asked.room;
  if (role.value === "maker") return ofPitch(asked);
  return role.value === "investor" ? ofApplications(asked) : ofArrivals(asked);
}

/** Return whom the wild card let in instead, where somebody was turned away. */
function insteadOf(asked: Asked, outcome: string, space: number): { wildCard?: number } {
  return outcome === "below" && space ? { wildCard: letInBy(asked, space) } : {};
}

function ofPitch(asked: Asked): Door[] {
  const { room, told } = asked;
  const pitch = room.view.find("pitch", room.seat.value);
  if (!pitch) return [];
  const { outcome, space, season, venture, score, bar, ahead } = pitch;
  const wasIn = told.some((moment) => moment.kind === "door" && isIn(moment.outcome));
  const place = {
    seated: seatedAt(room, space),
    desks: desksOf(room, space),
    ...insteadOf(asked, outcome, space),
  };
  const full = isIn(outcome) && !wasIn;
  const id = `${season}.door`;
  return [{ kind: "door", id, season, phase: "admission", full, outcome, venture, space, score, bar, ahead, ...place }];
}

function ofApplications(asked: Asked): Badge[] {
  const { room } = asked;
  const own = room.view.all("application").filter((application) => application.investor === room.seat.value);
  const applied = own.map(({ season, space, score, bar, outcome }): Badge => {
    const id = `${season}.badge.${space}`;
    const instead = insteadOf(asked, outcome, space);
    return { kind: "badge", id, season, phase: "admission", full: false, outcome, space, score, bar, ...instead };
  });
  return [...unkept(asked), ...applied];
}

/** Return the badges that have ended at the close of admission, since there was no money to keep them. */
function unkept(asked: Asked): Badge[] {
  const { before, now } = asked;
  if (!isCloseOf("admission", asked)) return [];
  const gone = (before.badges ?? []).filter((space) => !now.badges?.includes(space));
  return gone.map((space) => {
    const id = `${before.season}.unkept.${space}`;
    const { season } = before;
    return { kind: "badge", id, season, phase: "admission", full: false, outcome: "unkept", space, score: 0, bar: 0 };
  });
}

function ofArrivals({ room, now }: Asked): Arrivals[] {
  const space = room.seat.value;
  const came = room.view.all("pitch").filter((pitch) => pitch.space === space && pitch.season === now.season);
  const [first] = came;
  if (!first) return [];
  return [
    {
      kind: "arrivals",
      id: `${first.season}.arrivals`,
      season: first.season,
      phase: "admission",
      full: false,
      bar: first.bar,
      came: came
        .map(({ maker, score, outcome }) => ({ seat: maker, score, outcome }))
        .sort((one, other) => other.score - one.score || one.seat - other.seat),
      desks: desksOf(room, space),
      seated: seatedAt(room, space),
      ...nearest(room, came),
    },
  ];
}

/** Return who was let down least at a door with desks to spare, and what would have let that maker in. */
function nearest(room: Table, came: readonly Kinds["pitch"][]): Pick<Arrivals, "nearest"> {
  const [best] = came.filter(({ outcome }) => outcome === "below").sort((one, other) => other.score - one.score);
  if (!best || seatedAt(room, best.space).length >= desksOf(room, best.space)) return {};
  const isFree = room.view.find("space", best.space)?.wild_card_used === false;
  const reached = best.bar - best.score <= parameter(room.view, "world", "wild_card_reach");
  return { nearest: { seat: best.maker, score: best.score, by: isFree && reached ? "wild_card" : "bar" } };
}
