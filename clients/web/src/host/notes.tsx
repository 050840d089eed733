// The speaker's notes: for each phase what to watch for, and one question for the class, which can be put on the wall.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import { shownOf } from "../parts/results/scenes";
import type { Failure } from "../protocol/frames";
import { useRoom } from "../store/context";
import { isLost } from "../store/time";
import { has, t } from "../texts";
import { NOTED } from "./phases";

const ORDER = ["lobby", ...NOTED];

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
      <Talk about={shown} />
    </section>
  );
}

/** Put the question on the wall, or take it off. */
function Talk({ about }: { about: string }) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const { scene, talk = "" } = shownOf(room.view);
  const isThere = talk === about;
  const wanted = isThere ? { talk: "" } : { talk: about, curtain: false };
  const put = async (): Promise<void> => setFailure((await room.send("host.show", { scene, ...wanted })).error);
  if (!room.command("host.show")?.properties?.["talk"]) return null;
  return (
    <div class="row">
      <Button on={isThere} disabled={isLost(room)} onClick={put}>
        {t("ui.host.talk")}
      </Button>
      <Complaint failure={failure} />
    </div>
  );
}
