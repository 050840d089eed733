// The way through a replay: one phase back, one on, and a list of them all; and the line that says where one is.
import { useRoom } from "../../../store/context";
import { seasonInRun } from "../../../store/run";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { Button } from "../../controls/button";
import { type Stop, useStops } from "./replay_data";
import "./replay.css";

/** Say where in the game a stop is, as it stands in a sentence. */
export function placeText(view: View, { season, phase }: Stop): string {
  return t("ui.replay.at", { season: seasonInRun(view, season), phase: t(`phase.${phase}`).toLocaleLowerCase() });
}

interface BarProps {
  step: number;
  onGo: (step: number) => void;
}

export function ReplayBar({ step, onGo }: BarProps) {
  const { view } = useRoom();
  const stops = useStops();
  if (!stops) return <p class="meta">{t("ui.opening")}</p>;
  return (
    <div class="replay-bar" role="group" aria-label={t("ui.replay")}>
      <Button label={t("ui.replay.back")} disabled={step <= 0} onClick={() => onGo(step - 1)}>
        ◀
      </Button>
      <select
        aria-label={t("ui.replay.list")}
        value={String(step)}
        onChange={(event) => onGo(Number(event.currentTarget.value))}
      >
        {stops.map((stop, index) => (
          <option key={index} value={String(index)}>
            {t("ui.season", { season: seasonInRun(view, stop.season) })} · {t(`phase.${stop.phase}`)}
          </option>
        ))}
      </select>
      <Button label={t("ui.replay.on")} disabled={step >= stops.length - 1} onClick={() => onGo(step + 1)}>
        ▶
      </Button>
    </div>
  );
}
