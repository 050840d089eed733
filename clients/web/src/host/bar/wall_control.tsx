// What is on the wall, and what comes next: the host's thumb on it. Nothing there moves by itself.
import { useRef, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { askedOf, onWall } from "../../parts/answers/answers";
import { Button } from "../../parts/controls/button";
import { useKeys } from "../../parts/controls/keys";
import {
  GAME,
  isRankingKept,
  isSealed,
  isWholeAtEnd,
  next,
  OPENING,
  previous,
  type Show,
  SLIDES,
  shownOf,
  stepsOf,
  WAY_IN,
  waitsForHost,
} from "../../parts/results/scenes";
import { openingNow } from "../../parts/slides/opening_time";
import type { Failure } from "../../protocol/frames";
import { link } from "../../route";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { isLost } from "../../store/time";
import type { View } from "../../store/view";
import { t } from "../../texts";
import { Icon } from "../icons";
import { useSelection } from "../selection";
import { showNow, type Wanted, withCurtainUp } from "./show_now";
import { SmallWall } from "./small_wall";

/** Return the name of a scene, with its step where it has several. */
export function sceneText(room: Room, { scene, step = 0 }: Wanted): string {
  const steps = stepsOf(room, scene);
  const name = t(`ui.wall.scene.${scene}`);
  return steps > 1 && Number.isFinite(steps) ? `${name} ${Math.min(step + 1, steps)}/${steps}` : name;
}

function shownText(room: Room): string {
  const { scene, step, curtain, talk } = shownOf(room.view);
  if (curtain) return t("ui.host.curtain.down");
  if (onWall(room.view)) return t("ui.wall.scene.answers");
  if (talk) return t("ui.wall.scene.talk");
  const opening = openingNow(room);
  if (opening) return sceneText(room, { scene, step: opening.step });
  const isWayIn = room.game.value.status === "lobby" && (scene === OPENING || scene === GAME);
  if (scene === GAME && room.game.value.status === "over") return endText(room);
  return sceneText(room, isWayIn ? { scene: WAY_IN, step: 0 } : { scene, step });
}

/** Return what the wall shows after the end where no scene of it is shown. */
function endText(room: Room): string {
  const { view } = room;
  if (isWholeAtEnd(room)) return t("ui.wall.scene.ranking");
  if (!waitsForHost(view) && !isSealed(view)) return t("ui.wall.scene.runs");
  return t(isRankingKept(view) || isSealed(view) ? "ui.host.wall.before_podium" : "ui.wall.scene.ranking");
}

/** What is on the wall now, and the way to the wall's own page. */
function OnWall() {
  const room = useRoom();
  return (
    <a class="on-wall" href={link(`s/${room.code.value}`)} target="_blank" rel="noopener" title={t("ui.console.wall")}>
      <span class="meta">{t("ui.host.screen")}</span>
      <b>
        {shownText(room)} <Icon name="open" size={14} />
      </b>
      <span class="unseen">{t("ui.console.wall")}</span>
    </a>
  );
}

/** Return the game, where all that is proposed has been shown and it goes on, or has not begun. */
function goingOn(view: View): Show | undefined {
  const isToCome = view.single("game").status !== "over";
  return isToCome && shownOf(view).scene !== GAME ? { scene: GAME, step: 0 } : undefined;
}

/** Return what a press on would show; the opening goes on from the picture that it is at, and begins to play. */
function nextOf(room: Room): Wanted | undefined {
  const opening = openingNow(room);
  const shown = shownOf(room.view);
  const isOver = shown.scene === OPENING && !opening;
  const at = opening?.step ?? (isOver ? stepsOf(room, OPENING) - 1 : shown.step);
  const following = next(room, { scene: shown.scene, step: at }) ?? goingOn(room.view);
  return following?.scene === OPENING && shown.scene !== OPENING ? { ...following, plays: true } : following;
}

function previousOf(room: Room): Show | undefined {
  return previous(room, openingNow(room)?.step);
}

/** One press after the other, each on what the one before has brought. */
function useShow(): { show: (wanted: () => Wanted | undefined) => Promise<void>; failure: Failure | undefined } {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const inTurn = useRef<Promise<void>>(Promise.resolve());
  const show = (wanted: () => Wanted | undefined): Promise<void> =>
    (inTurn.current = inTurn.current.then(() => showNow(room, wanted()).then(setFailure)));
  return { show, failure };
}

/** One step back and one on, and what the step on shows; while the ranking waits, `ShowRanking` is the step on. */
export function Steps() {
  const room = useRoom();
  const { view } = room;
  const { show, failure } = useShow();
  const following = nextOf(room);
  const isOff = isLost(room);
  const reveal = (): Promise<void> => show(() => withCurtainUp(nextOf(room)));
  const conceal = (): Promise<void> => show(() => withCurtainUp(previousOf(room)));
  useKeys({ ARROWRIGHT: reveal, PAGEDOWN: reveal, ARROWLEFT: conceal, PAGEUP: conceal }, !isOff);
  return (
    <div class="screen-keys" role="group" aria-label={t("ui.host.screen")}>
      <Button label={t("ui.host.conceal")} disabled={!previousOf(room) || isOff} onClick={conceal}>
        <Icon name="conceal" />
      </Button>
      {isRankingKept(view) && !isSealed(view) ? null : (
        <Button
          {...(view.single("game").status === "over" && following ? { look: "main" as const } : {})}
          label={following ? `${t("ui.host.reveal")}: ${sceneText(room, following)}` : t("ui.host.reveal")}
          disabled={!following || isOff}
          onClick={reveal}
        >
          <span class="reveal">
            {t("ui.host.reveal")}
            {following ? <span class="micro">{sceneText(room, following)}</span> : null}
          </span>
          <Icon name="reveal" />
        </Button>
      )}
      <Complaint failure={failure} />
    </div>
  );
}

/** Return the key of the way back, where the wall shows something else: to the game, or before it to the code. */
function wayBack(room: Room): string | undefined {
  const { view } = room;
  const { scene, talk } = shownOf(view);
  const { status } = room.game.value;
  if (status === "running") return scene !== GAME || talk || onWall(view) ? "ui.host.to_game" : undefined;
  return status === "lobby" && scene === SLIDES ? "ui.host.to_code" : undefined;
}

/** What is on the wall now and what is next, the menu of scenes, and the curtain. */
export function WallCard() {
  const room = useRoom();
  const selection = useSelection();
  const { view } = room;
  const { show, failure } = useShow();
  const shown = shownOf(view);
  const following = nextOf(room);
  const isOff = isLost(room);
  const curtain = (): Promise<void> => show(() => ({ scene: shownOf(view).scene, curtain: !shownOf(view).curtain }));
  useKeys({ B: curtain }, !isOff);
  const back = wayBack(room);
  return (
    <section class="wall-card" aria-label={t("ui.host.screen")}>
      <SmallWall />
      <div class="now-next">
        <OnWall />
        {following ? (
          <p class="meta">
            {t("ui.host.wall.then")} <b>{sceneText(room, following)}</b>
          </p>
        ) : null}
      </div>
      <div class="row wall-buttons">
        <Button onClick={() => selection.open("wall")}>{t("ui.host.wall.scenes")}</Button>
        <Button on={shown.curtain ?? false} disabled={isOff} onClick={curtain}>
          <Icon name="curtain" /> {t("ui.host.curtain")}
        </Button>
        {askedOf(view).length > 0 ? (
          <Button onClick={() => selection.open("answers")}>{t("ui.host.more.answers")}</Button>
        ) : null}
        {back ? (
          <Button look="quiet" disabled={isOff} onClick={() => show(() => withCurtainUp({ scene: GAME, talk: "" }))}>
            {t(back)}
          </Button>
        ) : null}
      </div>
      <Complaint failure={failure} />
    </section>
  );
}
