// The wall as a menu: any scene that has something to show by its name, and how the wall behaves.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { OF_END, RANKING } from "../../parts/results/revealed";
import { GAME, isRankingKept, isSealed, OPENING, SLIDES, scenesOf, shownOf, WAY_IN } from "../../parts/results/scenes";
import type { Args, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import type { View } from "../../store/view";
import { t } from "../../texts";
import { useSelection } from "../selection";

/** Return the name of a scene by its key: before the start the game is the code, after the end it is the end. */
function nameOf(room: Room, scene: string): string {
  const { status } = room.game.value;
  if (scene === GAME && status === "over") return "ui.host.wall.end";
  return `ui.wall.scene.${scene === GAME && status === "lobby" ? WAY_IN : scene}`;
}

/** Return whether a scene opens all of a ranking that still waits: each that comes after it, but for the slides. */
function opensRanking(view: View, scene: string): boolean {
  const isAfter = OF_END.indexOf(scene) > OF_END.indexOf(RANKING) && scene !== SLIDES;
  return isAfter && isRankingKept(view) && !isSealed(view);
}

export function WallSheet() {
  const room = useRoom();
  const selection = useSelection();
  const [failure, setFailure] = useState<Failure>();
  const isLobby = room.game.value.status === "lobby";
  const { scene, calm = false, silent = false } = shownOf(room.view);
  const begin = (each: string): Args => ({ scene: each, curtain: false, ...(each === OPENING ? { plays: true } : {}) });
  const show = async (wanted: Args, closes: boolean): Promise<void> => {
    const { error } = await room.send("host.show", { scene, ...wanted });
    setFailure(error);
    if (!error && closes) selection.close();
  };
  return (
    <Sheet title={t("ui.host.wall")} onClose={() => selection.close()}>
      <div class="stack">
        <div class="row scenes-menu" role="group" aria-label={t("ui.host.wall.scenes")}>
          {[GAME, ...(isLobby ? [] : [WAY_IN]), ...scenesOf(room)].map((each) => (
            <Button
              key={each}
              on={each === (isLobby && scene === WAY_IN ? GAME : scene)}
              onClick={() => show(begin(each), true)}
            >
              {t(nameOf(room, each))}
              {opensRanking(room.view, each) ? <span class="micro"> {t("ui.host.wall.opens")}</span> : null}
            </Button>
          ))}
        </div>
        <Button on={!calm} onClick={() => show({ calm: !calm }, false)}>
          {t("ui.host.wall.moments")}
        </Button>
        <Button on={!silent} onClick={() => show({ silent: !silent }, false)}>
          {t("ui.host.wall.sound")}
        </Button>
        <p class="meta">{t("ui.host.wall.touch")}</p>
        <Complaint failure={failure} />
      </div>
    </Sheet>
  );
}
