// Again: a new room with the same seats, and the phones of this one are led there; one tap, and the console is there.
import { useState } from "preact/hooks";
import { keep } from "../connection";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import type { CreateFrame, Failure } from "../protocol/frames";
import { newId } from "../protocol/outbox";
import { go } from "../route";
import { useRoom } from "../store/context";
import { Room } from "../store/room";
import { t } from "../texts";
import { outcome } from "./create/open_room";
import { FIRST_WISH } from "./create/room_wish";

/** Return the frame that asks for a room like this one: its scenario, its seats by role, and how it is played. */
export function frameLike({ view, game }: Pick<Room, "view" | "game">): CreateFrame {
  const facts = view.pieces("room") as { readonly [name: string]: unknown };
  const seats = [...view.all("seat")].sort((one, other) => one.id - other.id);
  return {
    type: "create",
    scenario: game.value.scenario ?? FIRST_WISH.scenario,
    options: {
      roles: seats.map(({ role }) => role),
      language: String(facts["language"] ?? "en"),
      pace: facts["pace"] ?? "self",
      bots: facts["bots"] ?? "normal",
      ...(facts["teams"] ? { teams: true } : {}),
    },
    id: newId(),
  } as CreateFrame;
}

export function Again() {
  const room = useRoom();
  const [refused, setRefused] = useState<Failure>();
  const again = async (): Promise<void> => {
    setRefused(undefined);
    const next = new Room(frameLike(room)).open();
    const ending = await outcome(next);
    const code = next.code.peek();
    const failure = ending ?? (await room.send("host.next", { room: code })).error;
    if (failure) {
      next.close();
      setRefused(failure);
      return;
    }
    keep("host", next);
    go(`c/${code}`);
  };
  return (
    <div class="stack tight">
      <div class="row">
        <Button look="ink" onClick={again}>
          {t("ui.host.again")}
        </Button>
        <Button onClick={() => go("c/new")}>{t("ui.host.new")}</Button>
      </div>
      <p class="meta">{t("ui.host.again.what")}</p>
      <Complaint failure={refused} />
    </div>
  );
}
