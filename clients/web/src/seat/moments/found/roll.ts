// How the dice fell for the ventures that this seat has a part in, who helped, and why one did not roll at all.
import type { Venture } from "../../../store/entities";
import { STAGES, TRACKS } from "../../../store/names";
import { parameter } from "../../../store/rules";
import type { View } from "../../../store/view";
import type { Roll, Unrolled } from "../kinds";
import { hasPart } from "../snapshot";
import { type Asked, isCloseOf } from "./asked";

const PRODUCT = 3;

export function rolls(asked: Asked): Roll[] {
  const { room, before } = asked;
  if (!isCloseOf("incubation", asked)) return [];
  // what is closed keeps its last dice
  const rolled = room.view.all("venture").filter(({ closed, dice }) => !closed && (dice?.length ?? 0) > 0);
  return rolled
    .filter((venture) => hasPart(venture, room.seat.value))
    .map((venture) => ({
      kind: "roll",
      id: `${before.season}.roll.${venture.id}`,
      season: before.season,
      phase: "incubation",
      full: true,
      venture: venture.id,
      dice: venture.dice,
      roll: venture.roll,
      won: venture.moved_up,
      stage: venture.stage,
      misses: venture.misses,
      helpers: helpersOf(asked, venture.id),
      helps: parameter(room.view, "incubation", "help_hours"),
    }));
}

function helpersOf({ room, before }: Asked, venture: number): Roll["helpers"] {
  const found = new Map<number, { seat: number; delivered: number; promised: number }>();
  for (const deal of room.view.all("deal")) {
    if (deal.season !== before.season || deal.venture !== venture || deal.hours === 0) continue;
    const { delivered, promised } = found.get(deal.investor) ?? { delivered: 0, promised: 0 };
    found.set(deal.investor, {
      seat: deal.investor,
      delivered: delivered + deal.delivered,
      promised: promised + deal.hours,
    });
  }
  return [...found.values()];
}

/** Return why a venture of this seat, or one that it has a part in, had no dice. */
export function unrolled(asked: Asked): Unrolled[] {
  const { room, before, lines } = asked;
  const seat = room.seat.value;
  if (!isCloseOf("incubation", asked)) return [];
  const own = room.view.all("venture").filter((venture) => hasPart(venture, seat));
  return own
    .filter((venture) => !venture.closed && (venture.dice?.length ?? 0) === 0 && venture.stage < PRODUCT)
    .flatMap((venture): Unrolled[] => {
      const lacks = lacking(room.view, venture);
      const stopped = lines.some(({ text, values }) => text === "work_stopped" && values?.["venture"] === venture.id);
      const short = lacks.some((points) => points > 0);
      if (!stopped && !short && venture.born) return [];
      const reason = stopped ? "materials" : short ? "short" : "unborn";
      const id = `${before.season}.unrolled.${venture.id}`;
      return [
        {
          kind: "unrolled",
          id,
          season: before.season,
          phase: "incubation",
          full: false,
          venture: venture.id,
          reason,
          lacks,
          ...(venture.lead === seat || venture.cofounders.includes(seat) ? {} : { held: true }),
        },
      ];
    });
}

/** Return by track how many points a venture lacks for its next stage. */
export function lacking(view: View, { stage, tracks }: Venture): number[] {
  const next = STAGES[stage + 1] ?? "";
  return TRACKS.map((track, index) =>
    Math.max(0, parameter(view, "world", `need_${next}_${track}`) - (tracks[index] ?? 0)),
  );
}
