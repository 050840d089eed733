// The opening scene on the wall: a picture with its words, and beside it the way in, since people still come.
import { BEATS } from "../parts/results/scenes";
import { BeatSlide } from "../parts/slides/opening";
import type { OpeningNow } from "../parts/slides/opening_time";
import { hasCome } from "../store/come";
import { useRoom } from "../store/context";
import { t } from "../texts";
import { number } from "../texts/numbers";
import { WayIn } from "./way_in";
import "./opening.css";

export function OpeningScene({ now: { step } }: { now: OpeningNow }) {
  const beat = BEATS[step] ?? BEATS[0];
  return (
    <div class="wall-opening">
      <BeatSlide key={beat} beat={beat} />
      <SmallWayIn />
      <ol class="beat-dots" aria-hidden="true">
        {BEATS.map((each, at) => (
          <li key={each} class={at <= step ? "on" : ""} />
        ))}
      </ol>
    </div>
  );
}

/** The way in, and how many have come. */
export function SmallWayIn() {
  const seats = useRoom().view.all("seat");
  return (
    <WayIn small>{t("ui.wall.come", { n: number(seats.filter(hasCome).length), all: number(seats.length) })}</WayIn>
  );
}
