// What a seat sees, over its shoulder: the very page of its phone, which can't be touched, and its secrets behind
// [Show]. That a host has looked stands in the log; nothing of it is fetched before, and nothing of it is kept.
import { createContext, type FunctionComponent } from "preact";
import { useContext, useMemo, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Secret } from "../../parts/controls/secret";
import { Sheet } from "../../parts/controls/sheet";
import { Sym } from "../../parts/pictures/sprite";
import type { Failure, Tree } from "../../protocol/frames";
import { RoomContext, useRoom } from "../../store/context";
import type { Seat } from "../../store/entities";
import { wholeName } from "../../store/names";
import { Room } from "../../store/room";
import { t } from "../../texts";
import { listed } from "../../texts/numbers";

/** How a seat's phone is drawn: handed to this page, since it is the seat's page that knows. */
export const SeatPictureContext = createContext<FunctionComponent>(() => null);

export function OverShoulderButton({ seat }: { seat: Seat }) {
  const room = useRoom();
  const [hand, setHand] = useState<Tree>();
  const [failure, setFailure] = useState<Failure>();
  const name = wholeName(room.view, seat.id);
  const look = async (): Promise<void> => {
    const answer = await room.send("host.look", { seat: seat.id });
    setFailure(answer.error);
    setHand(answer.data?.["hand"] as Tree | undefined);
  };
  if (room.game.value.status === "lobby" || !room.command("host.look")) return null;
  return (
    <>
      <Button onClick={look}>
        <Sym name="eye" size={18} /> {t("ui.host.look", { name })}
      </Button>
      <Complaint failure={failure} />
      {hand ? (
        <Sheet title={t("ui.host.look.title", { name })} onClose={() => setHand(undefined)}>
          <OverShoulder seat={seat} hand={hand} />
        </Sheet>
      ) : null}
    </>
  );
}

/** Return a room as a seat has it, with no connection behind it. */
function roomOf(room: Room, seat: Seat, hand: Tree): Room {
  const seen = new Room({ type: "watch", room: room.code.peek() });
  seen.code.value = room.code.peek();
  seen.you.value = { kind: "seat", seat: seat.id, role: seat.role };
  seen.view.replace(room.view.table, hand);
  return seen;
}

function OverShoulder({ seat, hand }: { seat: Seat; hand: Tree }) {
  const room = useRoom();
  const SeatPicture = useContext(SeatPictureContext);
  const seen = useMemo(() => roomOf(room, seat, hand), [hand]);
  return (
    <div class="stack tight">
      <p class="meta">{t("ui.host.look.logged")}</p>
      <Secrets room={seen} seat={seat.id} />
      <RoomContext.Provider value={seen}>
        <div class="over-shoulder" inert>
          <SeatPicture />
        </div>
      </RoomContext.Provider>
    </div>
  );
}

function Secrets({ room, seat }: { room: Room; seat: number }) {
  const ambition = room.view.find("maker", seat)?.ambition;
  const investor = room.view.find("investor", seat);
  const sectors = listed((investor?.thesis_sectors ?? []).map((sector) => t(`sector.${sector}`)));
  if (ambition)
    return (
      <Secret label={t("term.ambition")} text={`${t(`ambition.${ambition}`)}. ${t(`ambition.${ambition}.text`)}`} />
    );
  return sectors ? <Secret label={t("term.thesis")} text={sectors} /> : null;
}
