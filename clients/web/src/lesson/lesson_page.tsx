// The lesson of a scenario on one page, for a teacher: what is to be learnt, the plan by minutes, what to say, what to
// ask, what usually happens and what to do when it does not. It needs no room, and prints.

import { Button } from "../parts/controls/button";
import { Options } from "../parts/controls/options";
import { Points } from "../parts/page/points";
import { TopLine } from "../parts/page/wordmark";
import { go, route } from "../route";
import { type Lesson, useLesson } from "../store/lesson";
import { t } from "../texts";
import { Answers, Objectives, Otherwise, Phases, Plans, Questions, Read, Script, UsualTable } from "./sections";
import { Slideshow } from "./slideshow";
import "../parts/page/plain_pages.css";
import "./lesson.css";

const SCENARIOS = ["classroom", "seminar", "quickstart", "rivals", "mechanisms", "training"] as const;
const FIRST = SCENARIOS[0]; // where the address names none

export function LessonPage() {
  const at = route.value;
  const scenario = (at.page === "lesson" && at.scenario) || FIRST;
  const seats = (at.page === "lesson" && at.seats) || 0;
  const lesson = useLesson(scenario);
  if (at.page === "lesson" && at.slides && lesson) return <Slideshow lesson={lesson} />;
  return (
    <main class="page stack lesson">
      <TopLine />
      <Bar scenario={scenario} />
      {lesson ? (
        <Whole lesson={lesson} seats={seats} />
      ) : (
        <p class="meta">{t(lesson === null ? "lesson.none" : "ui.opening")}</p>
      )}
    </main>
  );
}

function Bar({ scenario }: { scenario: string }) {
  return (
    <div class="stack lesson-bar">
      <Options
        label={t("lesson.choose")}
        options={SCENARIOS.map((name) => ({ value: name as string, label: t(`scenario.${name}`) }))}
        value={scenario}
        onChange={(name) => go(`lesson/${name}`, true)}
      />
      <div class="row">
        <Button look="main" onClick={() => go(`c/new/${scenario}`)}>
          {t("lesson.open")}
        </Button>
        <Button onClick={() => go("rehearse")}>{t("ui.start.rehearse")}</Button>
        <Button onClick={() => go(`lesson/${scenario}/slides`)}>{t("lesson.slides")}</Button>
        <Button onClick={() => go("rules")}>{t("ui.tab.rules")}</Button>
        <Button onClick={() => window.print()}>{t("lesson.print")}</Button>
      </div>
    </div>
  );
}

function Whole({ lesson, seats }: { lesson: Lesson; seats: number }) {
  const [least, most] = lesson.made_for;
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{t("lesson.title", { scenario: t(`scenario.${lesson.scenario}`) })}</h1>
        <p>{t(`scenario.${lesson.scenario}.blurb`)}</p>
        <p class="meta">{t("lesson.lead", { least, most, minutes: lesson.minutes })}</p>
      </header>
      <Objectives lesson={lesson} />
      <Plans lesson={lesson} />
      <Phases lesson={lesson} />
      <Script />
      <Answers lesson={lesson} />
      <UsualTable lesson={lesson} seats={seats} />
      <Otherwise lesson={lesson} />
      <Points lesson={lesson} />
      <Read />
      <Questions lesson={lesson} />
    </>
  );
}
