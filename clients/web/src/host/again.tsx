// Again: a new room for the same people with the same clocks and lesson, where each has the own name and face; phones
// and wall of this one are led there. One tap, and the console is there.
import { useState } from "preact/hooks";
import { keep } from "../connection";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import { Options } from "../parts/controls/options";
import { chosenOf } from "../parts/results/chosen_rules";
import type { CreateFrame, Failure } from "../protocol/frames";
import { newId } from "../protocol/outbox";
import { go } from "../route";
import { useRoom } from "../store/context";
import { Room } from "../store/room";
import { t } from "../texts";
import { outcome } from "./create/open_room";
import { FIRST_WISH } from "./create/room_wish";
import { type Dealing, dealt, keptFor } from "./next_deal";

/** Return the frame that asks for a room like this one: its scenario, its seats by role, and how it is played. */
export function frameLike({ view, game }: Pick<Room, "view" | "game">, how: Dealing): CreateFrame {
  const facts = view.pieces("room") as { readonly [name: string]: unknown };
  const { scale, lesson } = (view.hand["host"] ?? {}) as { scale?: number; lesson?: number };
  const chosen = chosenOf({ view });
  const seats = [...view.all("seat")].sort((one, other) => one.id - other.id);
  return {
    type: "create",
    scenario: game.value.scenario ?? FIRST_WISH.scenario,
    options: {
      roles: seats.map(({ role }) => role),
      language: String(facts["language"] ?? "en"),
      pace: facts["pace"] ?? "self",
      bots: facts["bots"] ?? "normal",
      ...(scale === undefined ? {} : { timers: { scale } }),
      ...(lesson ? { lesson } : {}),
      ...(facts["rehearsal"] ? { rehearsal: true } : {}),
      ...(chosen.length > 0 ? { choices: chosen.map(({ name }) => name) } : {}),
      ...(facts["teams"] ? { teams: true } : keptFor(dealt(seats, how))),
    },
    id: newId(),
  } as CreateFrame;
}

const HOW: readonly Dealing[] = ["anew", "same"];

/** Open the next room, lead everybody there and go to its console; or say why that can't be. */
function useAgain(how: Dealing) {
  const room = useRoom();
  const [refused, setRefused] = useState<Failure>();
  const again = async (): Promise<void> => {
    setRefused(undefined);
    const next = new Room(frameLike(room, how)).open();
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
  return { again, refused };
}

/** A class wants to see the other side, so roles are dealt anew unless the host says otherwise. */
export function Again() {
  const { view } = useRoom();
  const [how, setHow] = useState<Dealing>("anew");
  const { again, refused } = useAgain(how);
  return (
    <div class="stack tight">
      {view.pieces("room")["teams"] ? null : (
        <Options
          label={t("ui.host.again.roles")}
          options={HOW.map((value) => ({ value, label: t(`ui.host.again.${value}`) }))}
          value={how}
          onChange={setHow}
        />
      )}
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
