// How a season went: the standing of the recap with its parts, held against the one before.

import { placed } from "../../../parts/results/standings";
import type { Season } from "../kinds";
import type { Asked } from "./asked";

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
    },
  ];
}
