// When little time is left, anyone may ask the host for more with one tap; nobody else sees it.
import { useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { useRoom } from "../../store/context";
import { optionsOf } from "../../store/legal";
import { remaining } from "../../store/time";
import { t } from "../../texts";

const SHOWN_FROM_MS = 45_000;

export function MoreTime() {
  const room = useRoom();
  const { season, phase } = room.game.value;
  const [asked, setAsked] = useState("");
  const { ms, paused } = remaining(room);
  const here = `${season}.${phase}`;
  if (asked === here) {
    return (
      <p class="meta" role="status">
        {t("ui.asked.time")}
      </p>
    );
  }
  const can = optionsOf(room.command("ask"), "what", room.view.hand).includes("time");
  if (!can || paused || ms === undefined || ms > SHOWN_FROM_MS) return null;
  const ask = async (): Promise<void> => {
    if ((await room.send("ask", { what: "time" })).ok) setAsked(here);
  };
  return (
    <Button look="quiet" onClick={ask}>
      {t("ui.more_time")}
    </Button>
  );
}
