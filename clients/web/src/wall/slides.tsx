// The lesson as slides on the wall; before the start the way in stands beside them.
import { slidesOf } from "../parts/results/scenes";
import { SlideView } from "../parts/slides/slide";
import { useRoom } from "../store/context";
import { useLesson } from "../store/lesson";
import { Lobby } from "./lobby";
import { SmallWayIn } from "./opening";
import type { SceneProps } from "./scenes/scene";

export function SlidesScene({ step }: SceneProps) {
  const { view, game } = useRoom();
  const { scenario = "", status } = game.value;
  const lesson = useLesson(scenario);
  const slides = slidesOf(view);
  const slide = slides[Math.min(step, slides.length - 1)];
  if (!lesson || !slide) return lesson === null && status === "lobby" ? <Lobby /> : null;
  return (
    <div class={status === "lobby" ? "wall-opening" : "wall-slides"} data-step={step}>
      <SlideView key={step} slide={slide} lesson={lesson} />
      {status === "lobby" ? <SmallWayIn /> : null}
    </div>
  );
}
