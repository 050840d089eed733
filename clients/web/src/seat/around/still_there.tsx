// Whoever is here and silent is asked whether anybody is there, and told when a stand-in plays. It is fetched when
// there is something to ask.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { useRoom } from "../../store/context";
import type { StillThere as Asked } from "../../store/entities";
import { remaining } from "../../store/time";
import { need, t, tn } from "../../texts";

export function StillThere() {
  const room = useRoom();
  const [spoken, setSpoken] = useState(false);
  useEffect(() => void need("asking").then(() => setSpoken(true)), []);
  void remaining(room); // once a second
  const asked = room.view.hand["still_there"] as Asked | undefined;
  if (!asked || !spoken || room.game.value.status === "over") return null; // after the end nobody plays for anybody
  return (
    <div class="banner row spread">
      {asked.helped ? null : <b role="alert">{t("ui.still_there")}</b>}
      <span>{whatFollows(asked, room.clock.now())}</span>
      <Button look="ink" onClick={() => room.send("still_here")}>
        {t("command.still_here")}
      </Button>
    </div>
  );
}

function whatFollows({ deadline, helped }: Asked, now: number | undefined): string {
  if (helped) return t("ui.still_there.helped"); // that one plays stands above
  if (!deadline || now === undefined) return t("ui.still_there.close");
  return tn("ui.still_there.seconds", Math.max(1, Math.ceil((deadline - now) / 1000)));
}
