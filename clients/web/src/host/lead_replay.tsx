// The replay, led from here: the wall shows the table of then, and each phone its own screen of then. Where it ends,
// who stands where is on the wall, since the replay has opened that.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import { placeText, ReplayBar } from "../parts/results/replay/replay_bar";
import { useStops } from "../parts/results/replay/replay_data";
import { isSealed, RANKING, REPLAY, shownOf, stepsOf } from "../parts/results/scenes";
import type { Failure } from "../protocol/frames";
import { useRoom } from "../store/context";
import { isLost } from "../store/time";
import { t } from "../texts";

export function LeadReplay() {
  const room = useRoom();
  const stops = useStops();
  const [failure, setFailure] = useState<Failure>();
  const { scene, step } = shownOf(room.view);
  const isLed = scene === REPLAY;
  const stop = isLed ? stops?.[step] : undefined;
  const show = async (to: string, at: number): Promise<void> =>
    setFailure((await room.send("host.show", { scene: to, step: at, curtain: false })).error);
  if (!stops?.length || isSealed(room.view)) return null; // no phone would have it
  return (
    <section class="stack tight" aria-label={t("ui.replay")}>
      <h2>{t("ui.replay")}</h2>
      <p class="meta">{stop ? placeText(room.view, stop) : t("ui.replay.what")}</p>
      {isLed ? <ReplayBar step={step} onGo={(to) => void show(REPLAY, to)} /> : null}
      <div class="row">
        {isLed ? (
          <Button onClick={() => show(RANKING, stepsOf(room, RANKING) - 1)}>{t("ui.replay.end")}</Button>
        ) : (
          <Button disabled={isLost(room)} onClick={() => show(REPLAY, 0)}>
            {t("ui.replay.lead")}
          </Button>
        )}
      </div>
      <Complaint failure={failure} />
    </section>
  );
}
