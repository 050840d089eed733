// How a season went: the standing of the recap with its parts, held against the one before.

import { placed } from "../../../parts/results/standings";
import { holding, isAlive, mine } from "../../../store/own_seat";
import { parameter } from "../../../store/rules";
import type { Season } from "../kinds";
import { type Table, tillOf } from "../snapshot";
import type { Asked } from "./asked";
import { lacking } from "./roll";

export function season({ room, before, told }: Asked): Season[] {
  const seat = room.seat.value;
  const standing = room.view.find("standing", seat);
  const rows = placed(room, room.role.value);
  const own = rows.find((row) => row.seat === seat);
  if (!standing || !own) return [];
  const last = told.filter((moment) => moment.kind === "season" && moment.season < standing.season).at(-1);
  const parts = last?.kind === "season" ? Object.fromEntries(last.parts.map((part) => [part.name, part.points])) : {};
  const standings = room.view.find("score", seat)?.standings ?? [];
  return [
    {
      kind: "season",
      id: `${standing.season}.season`,
      season: standing.season,
      phase: "appraisal",
      full: false,
      points: own.score,
      before: standings.at(-2),
      place: own.place,
      placeBefore: standings.length > 1 ? before.place : undefined,
      of: rows.length,
      parts: Object.entries(standing.parts)
        .filter(([name, points]) => points !== 0 || parts[name])
        .sort(([, one], [, other]) => other - one)
        .map(([name, points]) => ({ name, points, before: last ? (parts[name] ?? 0) : undefined })),
      ...(mine(room).venture?.born && room.role.value === "maker" ? { holds: true } : {}),
      ...nextOf(room),
    },
  ];
}

const PRODUCT = 3; // nothing is rolled for after it

/** Return what to try next, where something stands out: an idea or a till without money, nothing to hold, a desk. */
function nextOf(room: Table): Pick<Season, "next"> {
  const { view, seat, role } = room;
  const { season = 0, seasons = 0 } = view.single("game");
  if (season >= seasons) return {};
  const { venture, space } = mine(room);
  if (role.value === "maker" && venture && !venture.born) {
    const lacks = parameter(view, "world", "birth_credits") - tillOf(room, venture.id);
    return lacks > 0 ? { next: { what: venture.space > 0 ? "money" : "money.garage", n: lacks } } : {};
  }
  if (role.value === "maker" && venture?.lead === seat.value) {
    const rent = view.find("space", venture.space)?.rent ?? 0;
    const till = tillOf(room, venture.id);
    if (till < rent) return { next: { what: "rent", n: rent - till } };
    const points = lacking(view, venture).reduce((sum, each) => sum + each, 0);
    if (points > 0) return { next: { what: "hours", n: points } };
    return venture.stage < PRODUCT ? { next: { what: "help", n: parameter(view, "incubation", "help_hours") } } : {};
  }
  const alive = view.all("venture").filter(isAlive);
  if (role.value === "investor") {
    const held = alive.filter((each) => each.born && holding(each, seat.value) > 0);
    if (held.length === 0) return { next: { what: "back", n: alive.length } };
    const short = held.map((each) => lacking(view, each).reduce((sum, points) => sum + points, 0));
    const least = Math.min(...short.filter((points) => points > 0));
    return Number.isFinite(least) ? { next: { what: "promise", n: least } } : {};
  }
  const free = space ? space.stations - alive.filter((each) => each.space === space.id).length : 0;
  return role.value === "operator" && free > 0 ? { next: { what: "desks", n: free } } : {};
}
