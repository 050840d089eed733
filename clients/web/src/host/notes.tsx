// The speaker's notes: for each phase what to watch for, one question to ask, and what comes next.
import { useState } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { useRoom } from "../store/context";
import { has, t } from "../texts";

const ORDER = ["lobby", "policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap"];

export function Notes() {
  const { status = "lobby", phase = "lobby" } = useRoom().game.value;
  const now = status === "running" ? phase : status;
  const [ahead, setAhead] = useState("");
  const shown = ahead.startsWith(`${now}>`) ? ahead.slice(now.length + 1) : now;
  const following = ORDER[(ORDER.indexOf(shown) + 1) % ORDER.length] ?? "policy";
  if (!has(`ui.host.notes.${shown}`)) return null;
  return (
    <section class="stack tight notes">
      <div class="row spread">
        <h2>{t("ui.host.notes", { phase: t(`phase.${shown}`) })}</h2>
        {status === "over" ? null : shown === now ? (
          <Button look="quiet" onClick={() => setAhead(`${now}>${following === "lobby" ? "policy" : following}`)}>
            {t("ui.host.notes.next")}
          </Button>
        ) : (
          <Button look="quiet" onClick={() => setAhead("")}>
            {t("ui.host.notes.back")}
          </Button>
        )}
      </div>
      <p>{t(`ui.host.notes.${shown}`)}</p>
      <p class="ask">{t(`ui.host.notes.${shown}.ask`)}</p>
    </section>
  );
}
