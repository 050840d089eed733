// After the end, as long as the ranking waits for the host: the main button goes through what leads up to it, aims and
// each role from third to first; whoever is short of time opens it all with one press.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button, MainButton } from "../../parts/controls/button";
import { isRankingKept, isSealed, next, RANKING, stepsOf } from "../../parts/results/scenes";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { isLost } from "../../store/time";
import { t } from "../../texts";
import { showNow, type Wanted, withCurtainUp } from "./show_now";
import { sceneText } from "./wall_control";

export function ShowRanking() {
  const room = useRoom();
  const { view } = room;
  const [failure, setFailure] = useState<Failure>();
  const following = next(room);
  if (!isRankingKept(view) || isSealed(view) || !following) return null;
  const show = async (wanted: Wanted | undefined): Promise<void> => {
    const refused = await showNow(room, withCurtainUp(wanted));
    setFailure(refused);
    if (!refused && !isRankingKept(view)) document.querySelector<HTMLElement>("h1")?.focus(); // the buttons have gone
  };
  return (
    <div class="pace alone">
      <p class="meta">{t("ui.host.reveal.waits")}</p>
      <Button
        look="quiet"
        disabled={isLost(room)}
        onClick={() => show({ scene: RANKING, step: stepsOf(room, RANKING) - 1 })}
      >
        {t("ui.host.reveal.all")}
      </Button>
      <MainButton
        label={t("ui.host.reveal.now", { what: sceneText(room, following) })}
        disabled={isLost(room)}
        onClick={() => show(next(room))}
      />
      <Complaint failure={failure} />
    </div>
  );
}
