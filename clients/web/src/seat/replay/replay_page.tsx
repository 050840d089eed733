// A phone in the replay: its own screen as it was when a phase closed, under a line that says so. The host leads, or
// one wanders; what it asks there can't be answered any more.
import type { ComponentChildren } from "preact";
import { Button } from "../../parts/controls/button";
import { placeText, ReplayBar } from "../../parts/results/replay/replay_bar";
import { usePast } from "../../parts/results/replay/replay_data";
import { RoomContext, useRoom } from "../../store/context";
import { t } from "../../texts";
import { wander } from "../around/replay_place";

interface Props {
  step: number;
  /** Where the host leads now, if the host does. */
  led: number | undefined;
  wanders: boolean;
  /** The open tab asks for something: nothing on it can be pressed. Others can be looked through. */
  isShut: boolean;
  /** The page of the open tab; `table` is the one that needs no hand. */
  page: ComponentChildren;
  table: ComponentChildren;
}

export function ReplayPage({ step, led, wanders, isShut, page, table }: Props) {
  const { code } = useRoom();
  const { past, failure } = usePast(step);
  return (
    <>
      <section class="replay-banner" aria-label={t("ui.replay")}>
        <p role="status">
          <b>{past ? placeText(past.room.view, past) : t("ui.opening")}</b>
        </p>
        {failure ? <p class="note">{failure.message}</p> : null}
        {past && !past.isMine ? <p class="meta">{t("ui.replay.before_you")}</p> : null}
        {wanders ? <ReplayBar step={step} onGo={(to) => wander(code.value, to)} /> : null}
        <div class="row">
          {wanders ? (
            <Button onClick={() => wander(code.value, undefined)}>
              {t(led === undefined ? "ui.replay.end" : "ui.debrief.follow")}
            </Button>
          ) : (
            <Button onClick={() => wander(code.value, step)}>{t("ui.debrief.wander")}</Button>
          )}
        </div>
      </section>
      {past ? (
        <RoomContext.Provider value={past.room}>
          <fieldset class="replay-past" disabled={isShut} key={past.step}>
            {past.isMine ? page : table}
          </fieldset>
        </RoomContext.Provider>
      ) : null}
    </>
  );
}
