// The pace, always in the same place: start, pause, more time, close the phase, end. What can't be undone asks once.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button, MainButton } from "../parts/button";
import { useKeys } from "../parts/keys";
import { Confirm } from "../parts/sheet";
import type { Args, At, Failure } from "../protocol/frames";
import { useRoom } from "../store/context";
import { remaining } from "../store/time";
import { t, tn } from "../texts";

type Asking = At | "end" | undefined; // a phase to close: the one that was open when the host asked; once it is over, the question is too

const MORE_S = [30, 60];

export function Pace() {
  const room = useRoom();
  const [asking, setAsking] = useState<Asking>();
  const [failure, setFailure] = useState<Failure>();
  const { status, season = 0, phase = "lobby" } = room.game.value;
  const paused = remaining(room).paused;
  const send = async (name: string, args: Args = {}, at?: At): Promise<void> => setFailure((await room.send(`host.${name}`, args, at)).error);
  const askToAdvance = (): void => setAsking({ season, phase });
  useKeys(
    {
      "Shift+P": () => void send(paused ? "resume" : "pause"),
      "Shift+E": () => void send("extend", { seconds: 30 }),
      "Shift+A": askToAdvance,
    },
    status === "running",
  );
  const waiting = room.view.all("seat").filter((seat) => !seat.ready).length;
  return (
    <div class="stack tight">
      {status === "lobby" ? <MainButton label={t("ui.host.start")} onClick={() => send("start")} /> : null}
      {status === "running" ? (
        <div class="row pace">
          <Button look={paused ? "ink" : "plain"} onClick={() => send(paused ? "resume" : "pause")}>
            {t(paused ? "ui.host.resume" : "ui.host.pause")}
          </Button>
          {MORE_S.map((seconds) => (
            <Button key={seconds} onClick={() => send("extend", { seconds })}>
              {t("ui.host.extend", { seconds })}
            </Button>
          ))}
          <Button onClick={askToAdvance}>{t("ui.host.advance")}</Button>
          <Button look="danger" onClick={() => setAsking("end")}>
            {t("ui.host.end")}
          </Button>
        </div>
      ) : null}
      <Complaint failure={failure} />
      {asking && asking !== "end" && asking.season === season && asking.phase === phase ? (
        <Confirm
          title={t("ui.host.advance.title", { phase: t(`phase.${asking.phase}`) })}
          text={tn("ui.host.advance.text", waiting)}
          act={t("ui.host.advance")}
          onClose={() => setAsking(undefined)}
          onAct={() => send("advance", {}, asking)}
        />
      ) : null}
      {asking === "end" ? (
        <Confirm
          title={t("ui.host.end.title")}
          text={t("ui.host.end.text")}
          act={t("ui.host.end")}
          danger
          onClose={() => setAsking(undefined)}
          onAct={() => send("end")}
        />
      ) : null}
    </div>
  );
}
