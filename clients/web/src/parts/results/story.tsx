// A person's own story of the game, before anything is said about the others: what turned it, where the credits came
// from and went, who gave what. It comes from the own hand; nobody else has it.

import { useRoom } from "../../store/context";
import { seatName } from "../../store/names";
import { seasonInRun } from "../../store/run";
import { has, t, tn } from "../../texts";
import { listed, number, signed } from "../../texts/numbers";
import { measuresOf, type Purse, type Story, seasonsIn, storyOf } from "./debrief_data";
import { type Moment, Turns, useTurns } from "./moments";
import { SeasonHead } from "./season_head";
import { seasonsMoved } from "./sections";

export function OwnStory() {
  const { view } = useRoom();
  const story = storyOf(view);
  if (!story) return null;
  return (
    <div class="stack">
      <Turning story={story} />
      <Seasons story={story} />
      <Money story={story} />
      <Given story={story} />
    </div>
  );
}

/** What turned the game for this seat by its own choices, for the page of the end. */
export function OwnTurning() {
  const story = storyOf(useRoom().view);
  return <TurnsUnder name="ui.debrief.story.turning" moments={useTurns(story?.turning ?? {}).filter(isChosen)} />;
}

function isChosen({ about }: Moment): boolean {
  return about.startsWith(OWN) && !isStep(about);
}

function Turning({ story }: { story: Story }) {
  const moments = useTurns(story.turning);
  const chosen = moments.filter(isChosen);
  const others = moments.filter((moment) => !chosen.includes(moment));
  return (
    <>
      <TurnsUnder name="ui.debrief.story.turning" moments={chosen} />
      <TurnsUnder name="ui.debrief.story.besides" moments={others} />
    </>
  );
}

const OWN = "own_"; // choices of this seat, with what came of them

/** Return whether a moment tells of a whole season. */
function isStep(about: string): boolean {
  return about.startsWith("own_rise") || about.startsWith("own_fall");
}

function TurnsUnder({ name, moments }: { name: string; moments: readonly Moment[] }) {
  if (moments.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t(name)}</h2>
      <Turns moments={moments} />
    </section>
  );
}

function Seasons({ story }: { story: Story }) {
  const seasons = seasonsIn(story.seasons);
  const measures = measuresOf(story);
  if (measures.length === 0) return null;
  return (
    <section class="stack tight">
      <table class="figures">
        <caption>{t("ui.debrief.story.seasons")}</caption>
        <SeasonHead seasons={seasons} />
        <tbody>
          {measures.map((measure) => (
            <tr key={measure}>
              <th scope="row">{t(`ui.debrief.story.${measure}`)}</th>
              {seasons.map((season) => (
                <td key={season} class="mono">
                  {number(story.seasons[season]?.[measure] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Money({ story }: { story: Story }) {
  const { view } = useRoom();
  const seasons = seasonsMoved(story.money);
  if (seasons.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("ui.debrief.story.money")}</h2>
      {seasons.map((season) => (
        <details key={season}>
          <summary>
            {t("ui.season", { season: seasonInRun(view, season) })}{" "}
            <b class="mono">{signed(story.money[season]?.kept ?? 0)}</b>
          </summary>
          <Balance purse={story.money[season] ?? NOTHING} />
        </details>
      ))}
    </section>
  );
}

const NOTHING: Purse = { start: 0, in: {}, out: {}, kept: 0 };

function Balance({ purse }: { purse: Purse }) {
  const sum = (of: Purse["in"]): number => Object.values(of).reduce((total, each) => total + each, 0);
  const lines = [
    ...Object.entries(purse.in),
    ...Object.entries(purse.out).map(([reason, credits]) => [reason, -credits] as const),
  ];
  return (
    <>
      <ul class="postings">
        {lines.map(([reason, credits]) => (
          <li key={`${reason} ${credits}`} class="row spread">
            <span>{has(`reason.${reason}`) ? t(`reason.${reason}`) : reason.replaceAll("_", " ")}</span>
            <b class={credits < 0 ? "mono bad" : "mono good"}>{signed(credits)}</b>
          </li>
        ))}
      </ul>
      <p class="meta">
        {t("ui.debrief.story.balance", {
          came: number(sum(purse.in)),
          went: number(sum(purse.out)),
          kept: signed(purse.kept),
        })}
      </p>
    </>
  );
}

const GIVEN = ["credits", "hours", "lessons"];

function Given({ story }: { story: Story }) {
  const { view } = useRoom();
  const givers = Object.entries(story.given);
  if (givers.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("ui.debrief.story.given")}</h2>
      <ul class="turning">
        {givers.map(([seat, given]) => (
          <li key={seat}>
            <b>
              <bdi>{seatName(view, Number(seat))}</bdi>
            </b>{" "}
            {listed(
              GIVEN.filter((what) => given[what]).map((what) => tn(`ui.debrief.story.given.${what}`, given[what] ?? 0)),
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
