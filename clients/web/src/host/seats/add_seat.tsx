// A further seat, in the role that most seats have; whoever opens it in the list gives it another one. Where none can
// be added, why not.
import { useId, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { optionsOf } from "../../store/legal";
import type { Room } from "../../store/room";
import { isLost } from "../../store/time";
import { t } from "../../texts";
import { roleOf } from "./seat_words";
import { shuffled } from "./shuffle";

/** Return the number that the server would give a further seat now, if any. */
function nextSeat(room: Room): number | undefined {
  const { view } = room;
  return optionsOf(room.command("host.seat"), "seat", view.hand)
    .map(Number)
    .find((seat) => !view.find("seat", seat));
}

function usualRole({ view }: Room): string {
  const roles = view.all("seat").map(({ role }) => role);
  const count = (role: string): number => roles.filter((each) => each === role).length;
  return roles.reduce((most, role) => (count(role) > count(most) ? role : most), roles[0] ?? "");
}

/** Return why no seat can be added, or nothing where one can be. */
function whyNot(room: Room, next: number | undefined): string {
  if (room.game.value.status !== "lobby") return t("ui.host.add_seat.in_play");
  return next === undefined ? t("ui.host.add_seat.most", { n: room.view.all("seat").length }) : "";
}

export function AddSeat() {
  const room = useRoom();
  const reason = useId();
  const [asked, setAsked] = useState<number>();
  const [failure, setFailure] = useState<Failure>();
  const next = nextSeat(room);
  const added = asked === undefined ? undefined : room.view.find("seat", asked);
  const isComing = asked !== undefined && asked === next && !failure; // acknowledged, and not on the table yet
  const add = async (): Promise<void> => {
    setFailure(undefined);
    setAsked(next);
    setFailure((await room.send("host.seat", { seat: next ?? 0, role: usualRole(room) })).error);
  };
  if (!room.command("host.seat")) return null;
  const isLobby = room.game.value.status === "lobby";
  const why = whyNot(room, next);
  return (
    <div class="stack tight">
      <div class="row">
        <Button
          disabled={next === undefined || isComing || isLost(room)}
          describedBy={why ? reason : undefined}
          onClick={add}
        >
          {t("ui.host.add_seat")}
        </Button>
        <Shuffle />
      </div>
      {why ? (
        <p id={reason} class="meta">
          {why}
        </p>
      ) : null}
      <Complaint failure={failure} />
      <p class="meta" role="status">
        {added && !failure && isLobby ? t("ui.host.add_seat.done", { n: added.id, role: roleOf(room, added) }) : ""}
      </p>
    </div>
  );
}

/** All roles are dealt anew: there are as many of each as before. */
function Shuffle() {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const [isDone, setDone] = useState(false);
  const shuffle = async (): Promise<void> => {
    const answer = await room.send("host.deal", { order: [...shuffled(room.view.all("seat").length)] });
    setFailure(answer.error);
    setDone(answer.ok);
  };
  if (!room.command("host.deal")) return null;
  return (
    <>
      <Button disabled={isLost(room)} onClick={shuffle}>
        {t("ui.host.shuffle")}
      </Button>
      <Complaint failure={failure} />
      <p class="meta" role="status">
        {isDone ? t("ui.host.shuffle.done") : ""}
      </p>
    </>
  );
}
