// What the close would bring as things stand: ghost progress on the tracks, the odds of the roll, each step of the
// payout. All numbers are the server's, asked anew whenever one of the seat's own choices is sealed.
import type { Outcome } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { isOpening } from "../../store/introduced";
import { spaceName, TRACKS } from "../../store/names";
import { parameter } from "../../store/rules";
import { t } from "../../texts";
import { gap, listed, number, percentOf, range } from "../../texts/numbers";
import { type Standing, useStanding } from "../fates/use_fates";

export interface Bounds {
  least: Outcome;
  most: Outcome;
  /** One's own choice has changed since; what it brings now is being asked. */
  isOld?: boolean;
}

/** Return what the close would bring a venture, once the server has said it. */
export function useOutlook(): (venture: number) => Bounds | undefined {
  return boundsIn(useStanding());
}

export function boundsIn({ outlook, isOld }: Standing): (venture: number) => Bounds | undefined {
  return (venture) => {
    const least = outlook?.least[venture];
    const most = outlook?.most[venture];
    return least && most ? { least, most, isOld } : undefined;
  };
}

/**
 * A track as a bar: what is there, what one's own hours add, what promised hours add, and what the next stage wants.
 */
export function Ghost({ track, now, bounds }: { track: number; now: number; bounds: Bounds | undefined }) {
  const least = bounds?.least.tracks?.[track] ?? now;
  const most = bounds?.most.tracks?.[track] ?? least;
  const wanted = bounds?.least.wanted?.[track] ?? 0;
  const full = Math.max(wanted, most, 1);
  const enough = least >= wanted ? ".enough" : "";
  const said = wanted === 0 ? "ui.outlook.open" : `ui.outlook.track${enough}${most > least ? ".promised" : ""}`;
  return (
    <div class={bounds?.isOld ? "ghost old" : "ghost"}>
      <span class="bar" aria-hidden="true">
        {[now, least - now, most - least].map((points, part) => (
          <i key={part} style={{ width: `${(100 * points) / full}%` }} />
        ))}
      </span>
      <span class="meta">{t(said, { n: least, wanted, most })}</span>
    </div>
  );
}

/** The three tracks of a venture. */
export function Ghosts({ tracks, bounds }: { tracks: readonly number[] | undefined; bounds: Bounds | undefined }) {
  return (
    <>
      {TRACKS.map((name, track) => (
        <div key={name}>
          {t(`track.${name}`)} <Ghost track={track} now={tracks?.[track] ?? 0} bounds={bounds} />
        </div>
      ))}
    </>
  );
}

const WAYS = 36; // in which two dice can fall

/** Return in how many of a hundred throws the dice fall as they must. */
function chanceOf(ways: number | number[] | undefined): number {
  return percentOf(Number(ways), WAYS);
}

/** Say why nothing is rolled: which tracks lack how much at best, or that only a born venture rolls. */
function noRoll({ wanted = [], tracks = [] }: Outcome, born: boolean): string {
  const lacks = TRACKS.flatMap((track, index) => {
    const short = (wanted[index] ?? 0) - (tracks[index] ?? 0);
    return short > 0 ? [`${t(`track.${track}`)} ${number(short)}`] : [];
  });
  if (lacks.length > 0) return t("ui.outlook.roll.lacks", { lacks: listed(lacks) });
  return t(born ? "ui.outlook.roll.none" : "ui.outlook.roll.unborn");
}

/** The odds of the roll, or why there is none. */
export function Odds({ bounds, born }: { bounds: Bounds | undefined; born: boolean }) {
  if (!bounds?.most.wanted?.some((wanted) => wanted > 0)) return null;
  const { least, most } = bounds;
  if (most["ways"] === undefined) return <p class="meta">{noRoll(most, born)}</p>;
  const kind = least["ways"] === undefined ? "promised" : least["ways"] === most["ways"] ? "sure" : "range";
  const chances = { chance: chanceOf(least["ways"] ?? most["ways"]), most: chanceOf(most["ways"]) };
  return (
    <p class={bounds.isOld ? "old" : ""}>
      <b>{t(`ui.outlook.roll.${kind}`, chances)}</b>
      {gap()}
      {kind === "range" ? null : (
        <span class="meta">
          {t("ui.outlook.roll.why", { added: Number(most["added"]), needed: Number(most["needed"]) })}
        </span>
      )}
    </p>
  );
}

/** How many hours the workshop of a space could still add; the garage has none. */
export function WorkshopHours({ space }: { space: number }) {
  const room = useRoom();
  const { view } = room;
  const hours = space ? parameter(view, "incubation", "workshop_venture") : 0;
  if (hours === 0 || isOpening(room)) return null; // the first season says the fewest words
  return <p class="meta">{t("ui.outlook.roll.workshop", { n: hours, space: spaceName(view, space) })}</p>;
}

/** Whether the venture can pay what it needs to work at all. */
export function Materials({ bounds, till }: { bounds: Bounds | undefined; till: number }) {
  const cost = bounds?.least["materials"];
  if (cost === undefined) return null;
  const have = Number(bounds?.least["credits"] ?? 0);
  const short = Number(cost) - have;
  const own = Math.min(have, Number(cost)) - till; // what is put in is in what it will have
  if (short <= 0 && own > 0) return <p class="meta">{t("ui.outlook.materials.own", { cost: Number(cost), own })}</p>;
  return (
    <p class={short > 0 ? "warn" : "meta"}>
      {t(short > 0 ? "ui.outlook.materials.short" : "ui.outlook.materials", { cost: Number(cost), have, short })}
    </p>
  );
}

const STEPS: readonly (readonly [string, string])[] = [
  ["sales", ""],
  ["goods", "−"],
  ["wage", "−"],
  ["fee", "−"],
  ["rent", "−"],
  ["tax", "−"],
  ["reserve", "−"],
  ["dividend", "="],
  ["yours", ""],
];

/** Each step of the payout, from what comes in to what is the seat's own. */
export function Steps({ bounds }: { bounds: Bounds | undefined }) {
  if (bounds?.most["sales"] === undefined) return null;
  return (
    <section class={bounds.isOld ? "stack tight old" : "stack tight"}>
      <h3>{t("ui.outlook.steps")}</h3>
      <ul class="steps">
        {STEPS.filter(([step]) => bounds.most[step] || bounds.least[step]).map(([step, sign]) => (
          <li key={step} class={step}>
            <span>
              {sign} {t(`ui.outlook.step.${step}`)}
            </span>
            <b class="mono">{range(Number(bounds.least[step] ?? 0), Number(bounds.most[step] ?? 0))}</b>
          </li>
        ))}
      </ul>
      <p class="meta">{t("ui.outlook.steps.why")}</p>
    </section>
  );
}
