// The powers that are seldom needed, at hand and away from the pace: what is not possible now is not there.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import type { Failure } from "../protocol/frames";
import { useRoom } from "../store/context";
import { isLost } from "../store/time";
import { t } from "../texts";
import { Icon } from "./icons";
import { type SheetName, useSelection } from "./selection";

const OFFERS: readonly (readonly [sheet: SheetName, command: string])[] = [
  ["shock", "host.shock"],
  ["back", "host.rewind"],
  ["fork", "host.fork"],
  ["date", "host.end_at"],
  ["hosts", "host.rejoin_code"],
];

export function isLocked(room: ReturnType<typeof useRoom>): boolean {
  return Boolean(room.view.pieces("room")["locked"]);
}

export function RarePowers() {
  const room = useRoom();
  const selection = useSelection();
  const [failure, setFailure] = useState<Failure>();
  const locked = isLocked(room);
  const isOff = isLost(room); // as the pace: nothing of a host's is kept for later
  const lock = async (): Promise<void> => setFailure((await room.send("host.lock", { joining: locked })).error);
  return (
    <div class="more" role="group" aria-label={t("ui.host.more")}>
      {OFFERS.filter(([, command]) => room.command(command)).map(([sheet]) => (
        <Button key={sheet} disabled={isOff} onClick={() => selection.open(sheet)}>
          {t(`ui.host.more.${sheet}`)}
        </Button>
      ))}
      {room.command("host.lock") ? (
        <Button on={locked} disabled={isOff} onClick={lock}>
          <Icon name="lock" size={16} /> {t(locked ? "ui.host.unlock" : "ui.host.lock")}
        </Button>
      ) : null}
      {room.command("host.end") ? (
        <Button look="danger" disabled={isOff} onClick={() => selection.open("end")}>
          {t("ui.host.end")}
        </Button>
      ) : null}
      <Button onClick={() => selection.open("log")}>{t("ui.console.log")}</Button>
      <Button look="quiet" label={t("ui.host.keys")} onClick={() => selection.open("keys")}>
        <kbd>?</kbd>
      </Button>
      <Complaint failure={failure} />
    </div>
  );
}
