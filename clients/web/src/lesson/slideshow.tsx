// A lesson as slides over the whole page, without a room: for a teacher who has no wall open, or reads it at home.
import { useState } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { useKeys } from "../parts/controls/keys";
import { BEATS, type Beat } from "../parts/results/scenes";
import { type Slide, slidesAfter, slidesBefore } from "../parts/slides/deck";
import { BeatSlide } from "../parts/slides/opening";
import { SlideView } from "../parts/slides/slide";
import { go } from "../route";
import type { Lesson } from "../store/lesson";
import { t } from "../texts";
import "../styles/typeface.css";
import "../styles/wall_tokens.css";
import "./slideshow.css";

type Shown = Slide | { kind: "beat"; beat: Beat };

/** Return all slides of a lesson, the opening's pictures behind the title. */
export function slideshowOf(lesson: Lesson): Shown[] {
  const [title, ...rest] = slidesBefore(lesson);
  const beats = BEATS.map((beat) => ({ kind: "beat", beat }) as const);
  return [...(title ? [title] : []), ...beats, ...rest, ...slidesAfter(lesson)];
}

export function Slideshow({ lesson }: { lesson: Lesson }) {
  const slides = slideshowOf(lesson);
  const [at, setAt] = useState(0);
  const slide = slides[at];
  const move = (by: number): void => setAt((now) => Math.min(slides.length - 1, Math.max(0, now + by)));
  const leave = (): void => go(`lesson/${lesson.scenario}`);
  const [next, back] = [(): void => move(1), (): void => move(-1)];
  useKeys({
    ARROWRIGHT: next,
    PAGEDOWN: next,
    ARROWLEFT: back,
    PAGEUP: back,
    HOME: () => setAt(0),
    F: () => void document.documentElement.requestFullscreen?.(),
    ESCAPE: leave,
  });
  if (!slide) return null;
  return (
    <>
      <main class="slide-page">
        <h1 class="unseen">{t("lesson.title", { scenario: t(`scenario.${lesson.scenario}`) })}</h1>
        <div class="slide-box" aria-live="polite">
          <OneSlide key={at} slide={slide} lesson={lesson} />
        </div>
        <Foot at={at} of={slides.length} onMove={move} onLeave={leave} />
      </main>
      <div class="slides-printed">
        {slides.map((each, nth) => (
          <div key={nth} class="slide-box">
            <OneSlide slide={each} lesson={lesson} />
          </div>
        ))}
      </div>
    </>
  );
}

function OneSlide({ slide, lesson }: { slide: Shown; lesson: Lesson }) {
  return slide.kind === "beat" ? <BeatSlide beat={slide.beat} /> : <SlideView slide={slide} lesson={lesson} />;
}

interface FootProps {
  at: number;
  of: number;
  onMove: (by: number) => void;
  onLeave: () => void;
}

/** Where one is among the slides, and the way on, back and out. */
function Foot({ at, of, onMove, onLeave }: FootProps) {
  return (
    <div class="row spread">
      <Button onClick={onLeave}>{t("lesson.slides.leave")}</Button>
      <span>
        {at + 1} / {of}
      </span>
      <div class="row">
        <Button disabled={at === 0} onClick={() => onMove(-1)}>
          {t("lesson.slides.back")}
        </Button>
        <Button disabled={at === of - 1} onClick={() => onMove(1)}>
          {t("lesson.slides.next")}
        </Button>
      </div>
    </div>
  );
}
