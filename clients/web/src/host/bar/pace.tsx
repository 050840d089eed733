// The pace, always in the same place: start, pause, more time, close the phase, at the end who stands where. Closing
// asks once where many would be cut off, and always when it is done by a key.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button, MainButton } from "../../parts/controls/button";
import { useKeys } from "../../parts/controls/keys";
import { Confirm } from "../../parts/controls/sheet";
import type { Args, At, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { isLost, remaining } from "../../store/time";
import { t, tn } from "../../texts";
import { Icon } from "../icons";
import { useSelection } from "../selection";
import { isBehind } from "../sheets/behind";
import { ShowRanking } from "./wall_control";

const MORE_S = [30, 60];
const MANY = 0.25; // of the seats: then closing asks

function waitingIn(room: Room): number {
  return room.view.all("seat").filter((seat) => !seat.ready && seat.role !== "waiting").length;
}

export function Pace() {
  const room = useRoom();
  const selection = useSelection();
  const [failure, setFailure] = useState<Failure>();
  const { status } = room.game.value;
  const isPaused = remaining(room).paused;
  const isOff = isLost(room); // nothing of a host's is kept for later: the room may be elsewhere by then
  const send = async (name: string, args: Args = {}): Promise<void> =>
    setFailure((await room.send(`host.${name}`, args)).error);
  const pause = (): unknown => (isBehind(room) ? selection.open("behind") : send(isPaused ? "resume" : "pause"));
  const close = (): unknown =>
    waitingIn(room) > MANY * room.view.all("seat").length ? selection.open("close") : send("advance");
  const takes = (name: string): boolean => !isOff && room.command(`host.${name}`) !== undefined;
  useKeys(
    {
      "Shift+P": () => void pause(),
      "Shift+E": () => void send("extend", { seconds: 30 }),
      "Shift+A": () => selection.open("close"),
    },
    status === "running" && !isOff,
  );
  if (status === "lobby") return <Start />;
  if (status !== "running") return <ShowRanking />;
  return (
    <div class="pace">
      <Button look={isPaused ? "ink" : "plain"} disabled={isOff} onClick={pause}>
        {t(isPaused ? "ui.host.resume" : "ui.host.pause")}
      </Button>
      {MORE_S.map((seconds) => (
        <Button key={seconds} disabled={!takes("extend")} onClick={() => send("extend", { seconds })}>
          {t("ui.host.extend", { seconds })}
        </Button>
      ))}
      <Button disabled={!takes("advance")} onClick={close}>
        {t("ui.host.advance")} <Icon name="reveal" />
      </Button>
      <Complaint failure={failure} />
    </div>
  );
}

function Start() {
  const room = useRoom();
  const free = room.view.all("seat").filter((seat) => !seat.by).length;
  const [failure, setFailure] = useState<Failure>();
  return (
    <div class="pace">
      <MainButton
        label={t("ui.host.start")}
        disabled={isLost(room)}
        onClick={async () => setFailure((await room.send("host.start")).error)}
      />
      {free > 0 ? <p class="meta">{tn("ui.host.start.free", free)}</p> : null}
      <Complaint failure={failure} />
    </div>
  );
}

/** Ask whether to close the phase that was open when the question was asked; once it is over, the question is too. */
export function CloseSheet() {
  const room = useRoom();
  const selection = useSelection();
  const { status, season = 0, phase = "" } = room.game.value;
  const [at] = useState<At>({ season, phase });
  const [failure, setFailure] = useState<Failure>();
  if (status !== "running" || at.season !== season || at.phase !== phase) return null;
  const close = async (): Promise<boolean> => {
    const answer = await room.send("host.advance", {}, at);
    setFailure(answer.error);
    return answer.ok;
  };
  return (
    <Confirm
      title={t("ui.host.advance.title", { phase: t(`phase.${phase}`) })}
      text={tn("ui.host.close.text", waitingIn(room))}
      act={t("ui.host.advance")}
      onClose={() => selection.close()}
      onAct={close}
    >
      <Complaint failure={failure} />
    </Confirm>
  );
}
