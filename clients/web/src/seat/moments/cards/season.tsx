// The season: my points by parts with what moved, and my place among those of my role.
import { Card } from "../../../parts/pictures/card";
import { partName } from "../../../parts/results/standings";
import { useRoom } from "../../../store/context";
import { seasonInRun } from "../../../store/run";
import type { View } from "../../../store/view";
import { t, tn } from "../../../texts";
import { number, signed } from "../../../texts/numbers";
import type { Season } from "../kinds";
import { Head } from "./pieces";

const MOVED = "ui.moment.season.moved";

export function seasonSentence(_: View, { points, before, place, of }: Season): string {
  const values = { points: number(points), place, of, moved: signed(points - (before ?? 0)) };
  return t(before === undefined ? "ui.moment.season.say.first" : "ui.moment.season.say", values);
}

/** Return the part that moved most, if any did. */
function mostMoved({ parts }: Season): string {
  const moved = parts.map(({ name, points, before = points }) => ({ name, by: points - before }));
  const [most] = moved.sort((one, other) => Math.abs(other.by) - Math.abs(one.by));
  return most && most.by !== 0 ? t(MOVED, { part: partName(most.name), by: signed(most.by) }) : "";
}

/** Why shares count less than before or nothing, or why who invests is below its start. */
function lossText({ points, parts, holds = false }: Season, role: string) {
  const shares = parts.find(({ name }) => name === "shares");
  const fell = shares?.before !== undefined && shares.points < shares.before;
  const isNothing = holds && !shares;
  const key = isNothing
    ? "first"
    : fell
      ? role === "maker"
        ? "first"
        : "fell"
      : role === "investor" && points < 0
        ? "start"
        : "";
  return key ? <p class="meta">{t(`ui.moment.season.shares.${key}`)}</p> : null;
}

/** One line of what to try. */
function Try({ next }: { next: Season["next"] | undefined }) {
  if (!next) return null;
  return (
    <p>
      <b>{t("ui.moment.season.try")}</b> {tn(`ui.moment.season.try.${next.what}`, next.n, { n: number(next.n) })}
    </p>
  );
}

export function SeasonCard({ moment }: { moment: Season }) {
  const { view, role } = useRoom();
  const { points, before, place, placeBefore, of, parts, next } = moment;
  const moved = before === undefined ? "" : mostMoved(moment);
  return (
    <Card teeth={1}>
      <Head moment={moment} title={t("ui.moment.season", { season: seasonInRun(view, moment.season) })} />
      <div class="score">
        <p>
          <span class="meta">{t("ui.moment.season.points")}</span>
          <b class="score-points">{number(points)}</b>
        </p>
        <p class="score-place">
          {before === undefined || before === points ? null : (
            <b class={points >= before ? "amount good" : "amount bad"}>{signed(points - before)}</b>
          )}
          {of > 1 ? <b>{t("ui.moment.season.place", { place, of })}</b> : null}
          {placeBefore === undefined || placeBefore === place || of < 2 ? null : (
            <span class="meta">{t("ui.moment.season.was", { place: placeBefore })}</span>
          )}
        </p>
      </div>
      <ScoreBar parts={parts} />
      <Parts parts={parts} />
      {moved ? <p>{moved}</p> : null}
      {lossText(moment, role.value)}
      <Try next={next} />
    </Card>
  );
}

const PATTERNS = 4;

function Parts({ parts }: Pick<Season, "parts">) {
  return (
    <ul>
      {parts.map((part, index) => (
        <li key={part.name} class="moment-row">
          <i class={`pattern p${index % PATTERNS}`} aria-hidden="true" />
          <span class="grow">{partName(part.name)}</span>
          {part.before === undefined || part.before === part.points ? null : (
            <span class="meta amount">{signed(part.points - part.before)}</span>
          )}
          <b class="amount">{number(part.points)}</b>
        </li>
      ))}
    </ul>
  );
}

/** The parts that add to it, as long as they are worth; what takes away stands in the rows alone. */
function ScoreBar({ parts }: Pick<Season, "parts">) {
  return (
    <p class="score-bar" aria-hidden="true">
      {parts.map(({ name, points }, index) =>
        points > 0 ? <i key={name} class={`pattern p${index % PATTERNS}`} style={{ flexGrow: points }} /> : null,
      )}
    </p>
  );
}
