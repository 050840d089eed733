// One slide of a lesson, as large as the back row needs it: on the wall, and on a page without a room.
import type { Lesson } from "../../store/lesson";
import { t } from "../../texts";
import { Face } from "../pictures/faces/face";
import { Sym } from "../pictures/sprite";
import { displayWidth } from "../pictures/text_width";
import { answersOf, planOf, type Slide } from "./deck";
import "./slides.css";

export function SlideView({ slide, lesson }: { slide: Slide; lesson: Lesson }) {
  return (
    <section class={`slide ${slide.kind}`} data-slide={slide.kind}>
      <Inside slide={slide} lesson={lesson} />
    </section>
  );
}

function Inside({ slide, lesson }: { slide: Slide; lesson: Lesson }) {
  switch (slide.kind) {
    case "title":
      return (
        <>
          <Sym name="mark" size={160} />
          <h2 class="slide-title">{t(`scenario.${lesson.scenario}`)}</h2>
          <p class="slide-says">{t("lesson.slide.title")}</p>
        </>
      );
    case "after":
      return (
        <>
          <Sym name="mark" size={160} />
          <h2 class="slide-title">{t("lesson.slide.after")}</h2>
          <p class="slide-says">{t("lesson.slide.after.says")}</p>
        </>
      );
    case "objectives":
      return <Objectives lesson={lesson} />;
    case "plan":
      return <Plan lesson={lesson} />;
    case "role":
      return <HowOnePlays role={slide.role} />;
    default:
      return (
        <Question name={lesson.questions[slide.nth]?.name ?? ""} nth={slide.nth} isTold={slide.kind === "answer"} />
      );
  }
}

const LONG = 240; // in sizes of its letters
const MOST_STEPS = 14; // of a plan in large letters

function Objectives({ lesson }: { lesson: Lesson }) {
  const texts = lesson.objectives.map(({ name }) => t(`lesson.objective.${name}`));
  const isLong = texts.length > 4 || displayWidth(texts.join(" "), 1) > LONG;
  return (
    <>
      <h2 class="slide-title">{t("lesson.slide.objectives")}</h2>
      <ol class={isLong ? "slide-list many" : "slide-list"}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
    </>
  );
}

/** What comes one after the other; how long each is follows from the lesson, and the console has it. */
function Plan({ lesson }: { lesson: Lesson }) {
  const steps = planOf(lesson);
  return (
    <>
      <h2 class="slide-title">{t("lesson.slide.plan")}</h2>
      <ol class={steps.length > MOST_STEPS ? "slide-list plan many" : "slide-list plan"}>
        {steps.map(({ name, season }) => (
          <li key={`${name} ${season}`}>{t(`lesson.step.${name}`, { n: season })}</li>
        ))}
      </ol>
    </>
  );
}

const FACES: { readonly [role: string]: number } = { maker: 9, investor: 18, operator: 23 };
const LINES = [1, 2, 3];

function HowOnePlays({ role }: { role: string }) {
  return (
    <div class="slide-role" style={{ "--role": `var(--${role})` }}>
      <Face face={FACES[role] ?? 1} size={360} />
      <div>
        <h2 class="slide-title">
          <Sym name={role} size={70} color="var(--role)" /> {t(`role.${role}`)}
        </h2>
        <ol class="slide-list">
          {LINES.map((line) => (
            <li key={line}>{t(`lesson.slide.${role}.${line}`)}</li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function Question({ name, nth, isTold }: { name: string; nth: number; isTold: boolean }) {
  return (
    <>
      <p class="slide-count">{t("lesson.slide.question", { n: nth + 1 })}</p>
      <h2 class="slide-title">{t(`lesson.asks.${name}`)}</h2>
      <ol class="slide-answers">
        {answersOf(nth).map((answer) => (
          <li key={answer} class={isTold && answer === "right" ? "is-right" : ""}>
            {t(`lesson.asks.${name}.${answer}`)}
          </li>
        ))}
      </ol>
      {isTold ? <p class="slide-says">{t(`lesson.asks.${name}.why`)}</p> : null}
    </>
  );
}
