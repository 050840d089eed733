// The pace, always in the same place: start, who is still choosing with more time or a pause for them, at the end who
// stands where.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button, MainButton } from "../../parts/controls/button";
import { useKeys } from "../../parts/controls/keys";
import { nobodyChooses, waitedFor } from "../../parts/results/nobody_chooses";
import type { Args, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Seat } from "../../store/entities";
import { stillChoosing, waitsForTables } from "../../store/presence";
import type { Room } from "../../store/room";
import { isLost, remaining } from "../../store/time";
import { has, t, tn } from "../../texts";
import { inSentence } from "../phases";
import { useSelection } from "../selection";
import { isBehind } from "../sheets/behind";
import { WhatClosingDoes } from "./close_phase";
import { OpeningControl } from "./opening";
import { ShowRanking } from "./show_ranking";

const MORE_S = [30, 60];

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
      <p class="choosing">
        <b>{whomItWaitsFor(room)}</b>
        <WhatClosingDoes />
      </p>
      {MORE_S.map((seconds) => (
        <Button key={seconds} disabled={!takes("extend")} onClick={() => send("extend", { seconds })}>
          {t("ui.host.extend", { seconds })}
        </Button>
      ))}
      <Button look={isPaused ? "ink" : "plain"} disabled={isOff} onClick={pause}>
        {t(isPaused ? "ui.host.resume" : "ui.host.pause")}
      </Button>
      <Complaint failure={failure} />
    </div>
  );
}

/** Return whom the phase waits for; one that asks nobody for a choice for its host, or for all to be ready. */
function whomItWaitsFor(room: Room): string {
  if (waitsForTables(room.view)) return t("ui.host.choosing.tables");
  if (!nobodyChooses(room)) return choosingText(stillChoosing(room.view));
  const reading = waitedFor(room);
  return reading ? tn("ui.host.choosing.reading", reading) : t("ui.host.choosing.nobody");
}

/** Return who is still choosing, in a sentence, and which role most of them have. */
export function choosingText(waiting: readonly Seat[]): string {
  if (waiting.length === 0) return t("ui.host.choosing.none");
  const most = [...new Set(waiting.map(({ role }) => role))].find(
    (role) => waiting.filter((seat) => seat.role === role).length > waiting.length / 2,
  );
  const key = `ui.host.filter.${most}`;
  const isTold = waiting.length > 2 && most !== undefined && has(key);
  return isTold
    ? tn("ui.host.choosing.most", waiting.length, { role: inSentence(t(key)) })
    : tn("ui.host.choosing", waiting.length);
}

function Start() {
  const room = useRoom();
  const empty = room.view.all("seat").filter((seat) => !seat.by);
  const free = empty.filter(({ name }) => !name).length;
  const kept = empty.length - free;
  const [failure, setFailure] = useState<Failure>();
  return (
    <div class="pace alone">
      <OpeningControl />
      {empty.length > 0 ? (
        <p class="meta">
          {kept > 0 ? tn("ui.host.start.kept", kept) : null} {free > 0 ? tn("ui.host.start.free", free) : null}
        </p>
      ) : null}
      <MainButton
        label={t("ui.host.start")}
        disabled={isLost(room)}
        onClick={async () => setFailure((await room.send("host.start")).error)}
      />
      <Complaint failure={failure} />
    </div>
  );
}
