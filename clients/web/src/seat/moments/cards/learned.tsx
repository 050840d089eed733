// What I learned and taught: the step of the stair that is new, by whom, and what else moved.
import { Card } from "../../../parts/pictures/card";
import { Token } from "../../../parts/pictures/tokens";
import { Term } from "../../../parts/words/term";
import { useRoom } from "../../../store/context";
import { SKILLS, seatName, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { inARow, listed, range } from "../../../texts/numbers";
import type { Faded, Learned, Taught } from "../kinds";
import { Arrow, Head, Moved, Row } from "./pieces";

const STEPS = 10;

function skillName(skill: number): string {
  return t(`skill.${SKILLS[skill]}`);
}

function learnedTitle(view: View, { from, skill, phase }: Learned): string {
  const way = from.length > 0 ? "by" : phase === "exchange" ? "alone" : "so";
  return t(`ui.moment.learned.${way}`, {
    who: listed(from.map((seat) => seatName(view, seat))),
    skill: skillName(skill),
  });
}

export function learnedSentence(view: View, moment: Learned): string {
  const { before, after } = moment.level;
  return inARow([learnedTitle(view, moment), t("ui.moment.from_to", { before, after })]);
}

export function LearnedCard({ moment }: { moment: Learned }) {
  const { view } = useRoom();
  const { level, from, spirit, ties } = moment;
  return (
    <>
      <Card teeth={1}>
        <Head
          moment={moment}
          title={learnedTitle(view, moment)}
          picture={from[0] ? <Token seat={from[0]} /> : undefined}
        />
        <p class="from-to">
          <span class="was">{level.before}</span> <Arrow /> <b>{level.after}</b>
        </p>
        <Stair from={level.before} to={level.after} />
      </Card>
      <Card teeth={1}>
        <ul>
          <Row name={t("ui.moment.learned.pitch")}>
            <b class="amount good">+{level.after - level.before}</b>
          </Row>
          {spirit ? (
            <Row name={<Term word="spirit" />}>
              <Moved change={spirit} />
            </Row>
          ) : null}
          {ties.length > 0 ? (
            <Row name={t("ui.moment.tie", { names: listed(ties.map((seat) => seatName(view, seat))) })}>
              <b>{t("ui.moment.tie.new")}</b>
            </Row>
          ) : null}
        </ul>
        <Fades moment={moment} />
      </Card>
    </>
  );
}

/** That a meeting has won back what fades: the purse showed one more before the close. */
function Fades({ moment: { phase, spirit } }: { moment: Learned | Taught }) {
  return phase === "exchange" && spirit ? <p class="meta">{t("ui.moment.spirit.fades")}</p> : null;
}

export function fadedSentence(_: View, { spirit }: Faded): string {
  return inARow([t("ui.moment.faded"), t("ui.moment.faded.say", { before: spirit.before, after: spirit.after })]);
}

export function FadedCard({ moment }: { moment: Faded }) {
  return (
    <Card teeth={1}>
      <Head moment={moment} title={t("ui.moment.faded")} />
      <ul>
        <Row name={<Term word="spirit" />}>
          <Moved change={moment.spirit} />
        </Row>
      </ul>
      <p class="meta">{t("ui.moment.faded.next")}</p>
    </Card>
  );
}

/** Ten steps: those that were there, the new one, and those that are still to come. */
function Stair({ from, to }: { from: number; to: number }) {
  return (
    <p class="stair" aria-hidden="true">
      {Array.from({ length: STEPS }, (_, step) => (
        <i
          key={step}
          class={step < from ? "had" : step < to ? "new" : ""}
          style={{ height: `${12 + step * 6}px` }}
          data-gain={step === to - 1 ? `+${to - from}` : undefined}
        />
      ))}
    </p>
  );
}

export function taughtSentence(view: View, { whom, skill }: Taught): string {
  const who = seatName(view, whom);
  return skill === undefined
    ? t("ui.moment.taught", { who })
    : t("ui.moment.taught.skill", { who, skill: skillName(skill) });
}

export function TaughtCard({ moment }: { moment: Taught }) {
  const { view } = useRoom();
  return (
    <Card teeth={1}>
      <Head moment={moment} title={taughtSentence(view, moment)} picture={<Token seat={moment.whom} />} />
      {moment.spirit ? (
        <ul>
          <Row name={<Term word="spirit" />}>
            <Moved change={moment.spirit} />
          </Row>
        </ul>
      ) : null}
      <Fades moment={moment} />
      {moment.look ? (
        <p>
          {t("ui.moment.taught.look", {
            venture: ventureName(view, moment.look.venture),
            appeal: range(moment.look.lo, moment.look.hi),
          })}
        </p>
      ) : null}
      <p>{t("ui.moment.taught.means")}</p>
    </Card>
  );
}
