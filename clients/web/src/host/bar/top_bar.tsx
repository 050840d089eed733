// The strip on top: which room, where the game is, how much time is left, how the plan stands.
import { Button } from "../../parts/controls/button";
import { IconButton } from "../../parts/controls/icon_button";
import { Digits, Tape } from "../../parts/page/tape";
import { choiceTitle, chosenOf } from "../../parts/results/chosen_rules";
import { lastByHost } from "../../parts/results/last_season";
import { useRoom } from "../../store/context";
import { runNow, seasonOf } from "../../store/run";
import { isLost, remaining } from "../../store/time";
import { has, t, tn, type Values } from "../../texts";
import { listed } from "../../texts/numbers";
import { Icon } from "../icons";
import { isLocked } from "../rare_powers";
import { useSelection } from "../selection";
import { BehindBanner, isBehind, LostTag } from "../sheets/behind";
import { BrokerTag } from "../sheets/things";
import { OfClass } from "./of_class";
import { PlanButton } from "./plan";

export function TopBar() {
  const room = useRoom();
  const selection = useSelection();
  const { scenario = "" } = room.game.value;
  const chosen = chosenOf(room);
  return (
    <header class="strip">
      <div class="where">
        <Button
          look="quiet"
          label={t("ui.host.code", { code: room.code.value })}
          onClick={() => selection.open("code")}
        >
          <b class="mono code">{room.code.value}</b> <span class="tag">QR</span>
        </Button>
        <OfClass />
        <span class="meta scenario">
          {has(`scenario.${scenario}`) ? t(`scenario.${scenario}`) : scenario} ·{" "}
          {tn("ui.host.seats_of", room.view.all("seat").length)}
          {chosen.length > 0 ? <span class="chosen"> · {listed(chosen.map(choiceTitle))}</span> : null}
        </span>
        {isLocked(room) ? (
          <span class="tag">
            <Icon name="lock" size={14} /> {t("ui.host.locked")}
          </span>
        ) : null}
        <Where />
        <LostTag />
        <BrokerTag />
        <PlanButton />
        <IconButton icon="menu" label={t("ui.menu")} onClick={() => selection.open("menu")} />
      </div>
      <Trouble />
    </header>
  );
}

/** Season, phase and clock. */
function Where() {
  const room = useRoom();
  const { phase = "lobby", status } = room.game.value;
  const isRunning = status === "running";
  return (
    <>
      <h1 class="phase" tabIndex={-1}>
        {isRunning ? (
          <span>
            {runNow(room)}
            <span class="mono">{seasonOf(room)}</span>
          </span>
        ) : null}{" "}
        {t(`phase.${phase}`)} {lastByHost(room) ? <span class="tag filled">{t("ui.wall.last_season")}</span> : null}
      </h1>
      {isRunning ? (
        <>
          <Digits />
          {remaining(room).paused ? <span class="tag filled">{t("ui.paused")}</span> : null}
          <Tape />
        </>
      ) : null}
    </>
  );
}

/**
 * What stands in the way of the game: no link, many phones gone at once, a server that knows less than somebody has
 * seen, a rule that broke.
 */
function Trouble() {
  const room = useRoom();
  const { dropped = 0 } = (room.view.hand["host"] ?? {}) as { dropped?: number };
  if (isLost(room)) return <p class="banner warn">{t("ui.console.lost")}</p>;
  if (isBehind(room)) return <BehindBanner />;
  const broken = room.view.pieces("room")["broken"] as Values | undefined;
  if (broken) {
    return (
      <p class="banner warn" role="alert">
        {t("ui.host.broken", broken)}
      </p>
    );
  }
  if (room.game.value.status !== "running" || !dropped) return null;
  return (
    <p class="banner warn" role="alert">
      {tn("ui.host.dropped", dropped)}
    </p>
  );
}
