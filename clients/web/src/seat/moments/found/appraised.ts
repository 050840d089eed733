// What an appraisal made of this seat: its badge, its space, its ventures that ended or were spared.
import type { Line } from "../../../protocol/frames";
import type { Kinds } from "../../../store/entities";
import type { DatedLine } from "../../../store/log";
import { SKILLS } from "../../../store/names";
import type { Bar, Change, Rated, Space } from "../kinds";
import { type Asked, isCloseOf } from "./asked";
import { sparedBy } from "./wild_card";

const MEASURES = ["served", "growth", "rating", "competition"] as const;
const AT_THE_END = ["upkeep", "clearing", "rescue"];
const WINDING_UP = ["preference", "liquidation", "clearing"];

export function rated({ room, lines }: Asked): Rated[] {
  const own = room.view.all("appraisal").filter((appraisal) => appraisal.investor === room.seat.value);
  return own.map((appraisal) => ({
    kind: "rated",
    id: `${appraisal.season}.rated.${appraisal.space}`,
    season: appraisal.season,
    phase: "appraisal",
    full: appraisal.lost,
    space: appraisal.space,
    measures: Object.fromEntries(
      MEASURES.flatMap((measure) => (appraisal[measure] === undefined ? [] : [[measure, appraisal[measure]]])),
    ),
    score: appraisal.score,
    bar: appraisal.bar,
    lost: appraisal.lost,
    ...(lines.some((line) => isSparedBadge(line.text, line.values, appraisal)) ? { spared: true } : {}),
  }));
}

function isSparedBadge(text: string, values: Line["values"], { investor, space }: Kinds["appraisal"]): boolean {
  return text === "badge_spared" && values?.["investor"] === investor && values["space"] === space;
}

export function spaces(asked: Asked): Space[] {
  const { room, before, now } = asked;
  if (room.role.value !== "operator" || !isCloseOf("appraisal", asked)) return [];
  const closed = namedHere(asked, "venture_closed", "venture");
  return [
    {
      kind: "space",
      id: `${before.season}.space`,
      season: before.season,
      phase: "appraisal",
      full: false,
      vitality: { before: before.vitality, after: now.vitality },
      rating: { before: before.rating, after: now.rating },
      credits: { before: before.credits, after: now.credits },
      ...(now.indices ? { indices: changed(before.indices ?? [], now.indices) } : {}),
      closed,
      reasons: closed.map((venture) => room.view.find("venture", venture)?.closed ?? ""),
      lost: namedHere(asked, "badge_lost", "investor"),
      paid: room.view
        .all("entry")
        .filter((entry) => entry.season === before.season && AT_THE_END.includes(entry.reason))
        .map(({ reason, amount }) => ({ reason, amount })),
    },
  ];
}

function changed(before: readonly number[], now: readonly number[]): Change[] {
  return now.map((after, place) => ({ before: before[place] ?? 0, after }));
}

/** Return whom the lines of one kind name that are about the space of this seat. */
export function namedHere({ room, lines }: Asked, text: string, name: string): number[] {
  const spaceOf = (values: NonNullable<DatedLine["values"]>): unknown =>
    "space" in values ? values["space"] : room.view.find("venture", Number(values["venture"]))?.space;
  const isHere = ({ values = {} }: DatedLine): boolean => spaceOf(values) === room.seat.value;
  return lines.filter((line) => line.text === text && isHere(line)).map(({ values }) => Number(values?.[name]));
}

/** Return the ventures of this seat that have ended. */
export function ends(asked: Asked): Bar[] {
  const { room, before } = asked;
  const ids = Object.entries(before.ventures).flatMap(([id, { closed }]) => (closed ? [] : [Number(id)]));
  return ids.flatMap((id): Bar[] => {
    const reason = room.view.find("venture", id)?.closed ?? "";
    return reason ? [barOf(asked, id, reason)] : [];
  });
}

/** Return the ventures of this seat for which a wild card was played. */
export function spared(asked: Asked): Bar[] {
  const { lines, before } = asked;
  const saved = lines.filter(({ text }) => text === "venture_spared").map(({ values }) => Number(values?.["venture"]));
  return saved.filter((id) => before.ventures[id]).map((id) => barOf(asked, id, "spared"));
}

function barOf(asked: Asked, venture: number, reason: string): Bar {
  const { room, before, now } = asked;
  const { view } = room;
  const found = view.find("venture", venture);
  const danger = view.find("danger", venture);
  const own = found !== undefined && [found.lead, ...found.cofounders].includes(room.seat.value);
  const skill = own ? SKILLS.findIndex((_, index) => (now.skills[index] ?? 0) > (before.skills[index] ?? 0)) : -1;
  const isDecided = danger?.season === before.season;
  return {
    kind: "bar",
    id: `${before.season}.bar.${venture}`,
    season: before.season,
    phase: before.phase,
    full: reason !== "closed",
    venture,
    reason,
    sold: isDecided ? danger.sold : (found?.sales ?? 0),
    bar: isDecided && (reason === "unsold" || reason === "spared") ? danger.bar : undefined,
    own,
    skill: skill < 0 ? undefined : skill,
    level: skill < 0 ? undefined : { before: before.skills[skill] ?? 0, after: now.skills[skill] ?? 0 },
    space: found?.space ?? 0,
    ...(found?.space && reason === "unsold" ? { wildCard: sparedBy(asked, found.space) } : {}),
    money: view
      .all("entry")
      .filter((entry) => entry.season === before.season && WINDING_UP.includes(entry.reason))
      .filter((entry) => entry.other === `venture:${venture}` || entry.reason === "clearing")
      .map(({ reason: why, amount }) => ({ reason: why, amount })),
  };
}
