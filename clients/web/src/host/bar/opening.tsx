// The opening scene before the start: proposed once, played with one press, and held or left at any picture.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { BEATS, GAME, OPENING } from "../../parts/results/scenes";
import { openingNow } from "../../parts/slides/opening_time";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { isLost } from "../../store/time";
import { t } from "../../texts";
import { showNow, type Wanted } from "./show_now";

export function OpeningControl() {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const now = openingNow(room);
  const isOff = isLost(room);
  const show = async (wanted: Wanted): Promise<void> => setFailure(await showNow(room, wanted));
  if (!room.command("host.show")?.properties?.["plays"]) return null;
  return (
    <div class="row opening-control">
      {now ? (
        <>
          <span class="meta">{t("ui.host.opening.at", { n: now.step + 1, of: BEATS.length })}</span>
          <Button disabled={isOff} onClick={() => show({ scene: OPENING, step: now.step, plays: !now.plays })}>
            {t(now.plays ? "ui.host.pause" : "ui.host.resume")}
          </Button>
          <Button disabled={isOff} onClick={() => show({ scene: GAME })}>
            {t("ui.host.opening.stop")}
          </Button>
        </>
      ) : (
        <Button disabled={isOff} onClick={() => show({ scene: OPENING, step: 0, plays: true, curtain: false })}>
          {t("ui.host.opening")}
        </Button>
      )}
      <Complaint failure={failure} />
    </div>
  );
}
