// The opening scene on the wall: a picture with its words, and beside it the way in, since people still come.
import { Qr } from "../parts/pictures/qr";
import { displayWidth } from "../parts/pictures/text_width";
import { BEATS } from "../parts/results/scenes";
import { BeatSlide } from "../parts/slides/opening";
import type { OpeningNow } from "../parts/slides/opening_time";
import { useRoom } from "../store/context";
import { addressOf } from "../store/join_address";
import { isTaken } from "../store/presence";
import { t } from "../texts";
import { number } from "../texts/numbers";
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

/** The code, its QR code, and how many have come. */
export function SmallWayIn() {
  const room = useRoom();
  const { join } = addressOf(room);
  const seats = room.view.all("seat");
  return (
    <aside class="small-way-in board">
      <div class="qr-box">
        <Qr text={join} />
      </div>
      <p class="wall-code must" style={{ "--wide": displayWidth(room.code.value, 1) }}>
        {room.code.value}
      </p>
      <p class="wall-meta">{join.replace(/^https?:\/\/|\/#.*$/g, "")}</p>
      <p class="wall-meta">
        {t("ui.wall.come", { n: number(seats.filter(isTaken).length), all: number(seats.length) })}
      </p>
    </aside>
  );
}
