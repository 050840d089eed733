// The parts of a lesson's page.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Options } from "../parts/controls/options";
import { BEATS } from "../parts/results/scenes";
import { unusedWords, usualWords } from "../parts/results/usual_words";
import { answersOf } from "../parts/slides/deck";
import { clock, type Lesson, type PlannedStep, seasonsOf, type Three, type Usual, usualNear } from "../store/lesson";
import { t } from "../texts";
import { number } from "../texts/numbers";

const PARAGRAPHS = ["what", "spheres", "integration", "energy", "metabolism", "paths"] as const;
const BAR = 120; // units of the picture of a range

function Part({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <section class={`lesson-part ${name}`} aria-labelledby={`part-${name}`}>
      <h2 id={`part-${name}`}>{t(`lesson.part.${name}`)}</h2>
      {children}
    </section>
  );
}

export function Objectives({ lesson }: { lesson: Lesson }) {
  return (
    <Part name="objectives">
      <ol class="lesson-objectives">
        {lesson.objectives.map(({ name, mechanism, phase, figure, card, moment }) => (
          <li key={name}>
            <b>{t(`lesson.objective.${name}`)}</b>
            <p>{t(`lesson.objective.${name}.ask`)}</p>
            <dl>
              <Tied what="mechanism" to={t(`lesson.mechanism.${mechanism}`)} />
              <Tied what="phase" to={t(`phase.${phase}`)} />
              <Tied what="figure" to={t(`figure.${figure}`)} />
              <Tied what="card" to={t(`${card}.name`)} />
              <Tied what="moment" to={t(`lesson.moment.${moment}`)} />
            </dl>
          </li>
        ))}
      </ol>
      <p class="meta">{t("lesson.cards")}</p>
    </Part>
  );
}

function Tied({ what, to }: { what: string; to: string }) {
  return (
    <div>
      <dt>{t(`lesson.${what}`)}</dt>
      <dd>{to}</dd>
    </div>
  );
}

export function Plans({ lesson }: { lesson: Lesson }) {
  return (
    <Part name="plan">
      {lesson.plans.length === 0 ? <p>{t("lesson.plan.none")}</p> : null}
      {lesson.plans.map(({ minutes, lessons }) => (
        <details key={minutes} open>
          <summary>
            {lessons.length === 1
              ? t("lesson.plan.minutes", { n: minutes })
              : t("lesson.plan.lessons", { n: minutes, lessons: lessons.length })}
          </summary>
          {lessons.map((steps, at) => (
            <PlanTable key={`${minutes} ${steps[0]?.name} ${at}`} steps={steps} of={lessons.length} nth={at + 1} />
          ))}
        </details>
      ))}
    </Part>
  );
}

function PlanTable({ steps, of, nth }: { steps: readonly PlannedStep[]; of: number; nth: number }) {
  return (
    <table class="lesson-plan">
      {of > 1 ? <caption>{t("lesson.plan.lesson", { n: nth })}</caption> : null}
      <tbody>
        {steps.map(({ name, season, at, minutes }) => (
          <tr key={`${name} ${season}`}>
            <td class="mono">
              {at}–{at + minutes}
            </td>
            <th scope="row">{t(`lesson.step.${name}`, { n: season })}</th>
            <td>{t(`lesson.step.${name}.do`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Phases({ lesson }: { lesson: Lesson }) {
  const seasons = lesson.phases[0]?.seconds ?? [];
  const alike = lesson.phases.every(({ seconds }) => seconds.every((each) => each === seconds[0]));
  const shown = alike ? seasons.slice(0, 1) : seasons;
  return (
    <Part name="phases">
      <p class="meta">{t("lesson.phases.lead")}</p>
      <table class="lesson-phases">
        {alike ? null : (
          <thead>
            <tr>
              <td />
              {shown.map((_, at) => (
                <th key={t("lesson.phases.season", { n: at + 1 })} scope="col">
                  {t("lesson.phases.season", { n: at + 1 })}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {lesson.phases.map(({ name, seconds }) => (
            <tr key={name}>
              <th scope="row">{t(`phase.${name}`)}</th>
              {seconds.slice(0, shown.length).map((each, at) => (
                <td key={`${name} ${at + 1}`} class="mono">
                  {clock(each)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

export function Script() {
  return (
    <Part name="script">
      <p class="meta">{t("lesson.scene.title")}</p>
      <ol class="lesson-script">
        {BEATS.map((beat) => (
          <li key={beat}>
            <b>{t(`lesson.scene.${beat}`)}</b>
            <p>{t(`lesson.scene.${beat}.say`)}</p>
          </li>
        ))}
      </ol>
    </Part>
  );
}

export function Read() {
  return (
    <Part name="read">
      <h3>{t("lesson.read.title")}</h3>
      {PARAGRAPHS.map((name) => (
        <p key={name}>{t(`lesson.read.${name}`)}</p>
      ))}
    </Part>
  );
}

export function Questions({ lesson }: { lesson: Lesson }) {
  return (
    <Part name="questions">
      <p class="meta on-screen">{t("lesson.questions.lead")}</p>
      <ol class="lesson-questions">
        {lesson.questions.map(({ name, figure }, nth) => (
          <li key={name}>
            <b>{t(`lesson.asks.${name}`)}</b>
            <ul>
              {answersOf(nth).map((answer) => (
                <li key={answer}>{t(`lesson.asks.${name}.${answer}`)}</li>
              ))}
            </ul>
            <p class="meta on-screen">{answerText(name, figure)}</p>
          </li>
        ))}
      </ol>
    </Part>
  );
}

/** What is right of a question, why, and in which figure it is seen. */
function answerText(name: string, figure: string): string {
  return t("lesson.questions.answer", {
    right: t(`lesson.asks.${name}.right`),
    why: t(`lesson.asks.${name}.why`),
    figure: t(`figure.${figure}`),
  });
}

/** On paper the answers have a page of their own, so that the one before it can be handed out. */
export function Answers({ lesson }: { lesson: Lesson }) {
  return (
    <Part name="answers">
      <ol class="lesson-questions">
        {lesson.questions.map(({ name, figure }) => (
          <li key={name}>
            <b>{t(`lesson.asks.${name}`)}</b>
            <p>{answerText(name, figure)}</p>
          </li>
        ))}
      </ol>
    </Part>
  );
}

/** What usually happens: in a class of so many seats, or of the nearest number that was measured. */
export function UsualTable({ lesson, seats: asked }: { lesson: Lesson; seats: number }) {
  const own = (asked && usualNear(lesson, asked)?.seats) || (lesson.usual?.seats ?? 0);
  const [seats, setSeats] = useState(own);
  const sizes = lesson.usual_by_seats.map((each) => each.seats);
  const usual = usualNear(lesson, sizes.includes(seats) ? seats : own);
  if (!usual) return null;
  return (
    <Part name="usual">
      <div class="on-screen">
        <Options
          label={t("lesson.usual.size")}
          options={sizes.map((value) => ({ value, label: number(value) }))}
          value={usual.seats}
          onChange={setSeats}
        />
      </div>
      <p>{t("lesson.usual.lead", { games: usual.games, seats: usual.seats })}</p>
      <UsualFigures usual={usual} seasons={seasonsOf(lesson)} />
      <p>{unusedWords(usual)}</p>
      <p class="meta">{t("lesson.usual.digest", { digest: usual.digest })}</p>
    </Part>
  );
}

function UsualFigures({ usual, seasons }: { usual: Usual; seasons: number }) {
  return (
    <table class="lesson-usual">
      <thead>
        <tr>
          <td />
          <td />
          {(["from", "middle", "to"] as const).map((column) => (
            <th key={column} scope="col">
              {t(`lesson.usual.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Object.entries(usual.figures).map(([outcome, three]) => (
          <tr key={outcome}>
            <th scope="row">{t(`lesson.usual.${outcome}`)}</th>
            <td>
              <Range three={three} />
            </td>
            {usualWords(usual, outcome, seasons).map((value, at) => (
              <td key={`${outcome} ${at + 1}`} class="mono">
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A line from the least to the most with a dot in the middle, on a scale from nothing to the most. */
function Range({ three: [least, middle, most] }: { three: Three }) {
  const at = (value: number): number => 4 + (BAR - 8) * (most > 0 ? Math.max(value, 0) / most : 0);
  return (
    <svg class="lesson-range" viewBox={`0 0 ${BAR} 12`} aria-hidden="true">
      <line class="scale" x1="4" x2={BAR - 4} y1="6" y2="6" />
      <line class="span" x1={at(least)} x2={at(most)} y1="6" y2="6" />
      <circle cx={at(middle)} cy="6" r="4" />
    </svg>
  );
}

export function Otherwise({ lesson }: { lesson: Lesson }) {
  return (
    <Part name="otherwise">
      <dl class="lesson-otherwise">
        {lesson.otherwise.map((name) => (
          <div key={name}>
            <dt>{t(`lesson.otherwise.${name}`)}</dt>
            <dd>{t(`lesson.otherwise.${name}.say`)}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
