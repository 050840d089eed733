// The board on top of the wall: where the game is, and how much of the phase is left, as a tape that runs back into its
// case. It is the only yellow on the wall.
import { useComputed } from "@preact/signals";
import { Digits, Tape } from "../parts/page/tape";
import { Wordmark } from "../parts/page/wordmark";
import { displayWidth } from "../parts/pictures/text_width";
import { lastByHost } from "../parts/results/last_season";
import { GAME, shownOf } from "../parts/results/revealed";
import { useRoom } from "../store/context";
import type { Room } from "../store/room";
import { runNow, seasonInRun } from "../store/run";
import { remaining } from "../store/time";
import { has, t } from "../texts";

export function Head() {
  const room = useRoom();
  const { phase = "lobby", status } = room.game.value;
  // the digits alone go on each second
  const isTimed = useComputed(() => remaining(room).ms !== undefined).value;
  const paused = useComputed(() => remaining(room).paused).value;
  const isPlayed = shownOf(room.view).scene === GAME;
  if (status !== "running") {
    return (
      <header class="wall-head bare" style={{ "--letters": displayWidth(t("ui.brand"), 1) }}>
        <Wordmark as="h1" size={72} />
        {room.view.pieces("room")["rehearsal"] ? <b class="wall-rehearsal">{t("lesson.rehearsal")}</b> : null}
      </header>
    );
  }
  return (
    <header class="wall-head board">
      <span class="wall-season">{wholeSeason(room)}</span>
      <h1 class="must">{t(`phase.${phase}`)}</h1>
      {isPlayed && has(`ui.wall.stake.${phase}`) ? <span class="wall-stake">{t(`ui.wall.stake.${phase}`)}</span> : null}
      <div class="wall-tags">
        {lastByHost(room) ? <b class="wall-meta">{t("ui.wall.last_season")}</b> : null}
        {runNow(room) ? <span class="wall-meta">{runNow(room)}</span> : null}
        {room.view.pieces("room")["rehearsal"] ? <b class="wall-meta">{t("lesson.rehearsal")}</b> : null}
        {paused ? <b class="wall-paused">{t("ui.paused")}</b> : null}
      </div>
      {isTimed ? (
        <div class="wall-clock">
          <Digits />
          <Tape />
        </div>
      ) : null}
    </header>
  );
}

/** Return which season it is, in words for the back row. */
function wholeSeason({ view, game }: Room): string {
  const { season = 0, seasons = 0 } = game.value;
  return t("ui.wall.season", { season: seasonInRun(view, season), seasons: seasonInRun(view, seasons) });
}
