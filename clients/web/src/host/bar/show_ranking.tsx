// After the end, as long as the ranking waits for the host: one press opens it all, on the wall and on phones.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { MainButton } from "../../parts/controls/button";
import { RANKING, rolesRevealed, stepsOf } from "../../parts/results/scenes";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { isLost } from "../../store/time";
import { t } from "../../texts";
import { showNow } from "./show_now";

export function ShowRanking() {
  const room = useRoom();
  const { view } = room;
  const [failure, setFailure] = useState<Failure>();
  if (rolesRevealed(view) === Infinity) return null;
  const showAll = async (): Promise<void> => {
    const refused = await showNow(room, { scene: RANKING, step: stepsOf(view, RANKING) - 1, curtain: false });
    setFailure(refused);
    if (!refused) document.querySelector<HTMLElement>("h1")?.focus(); // the button has gone
  };
  return (
    <div class="pace alone">
      <p class="meta">{t("ui.host.reveal.waits")}</p>
      <MainButton label={t("ui.host.reveal.all")} disabled={isLost(room)} onClick={showAll} />
      <Complaint failure={failure} />
    </div>
  );
}
