// One tap tells the host that somebody is lost: as a number, and never who.
import { Button } from "../../parts/controls/button";
import { useRoom } from "../../store/context";
import { t } from "../../texts";

export function Lost() {
  const room = useRoom();
  if (!room.command("lost")) return null;
  const is = "on" in room.view.pieces("lost");
  return (
    <p class="row spread meta">
      {is ? <span role="status">{t("ui.lost.on")}</span> : null}
      <Button look="quiet" onClick={() => room.send("lost", { on: !is })}>
        {t(is ? "ui.lost.off" : "ui.lost")}
      </Button>
    </p>
  );
}
