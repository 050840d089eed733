// After one's own choice: who is still thinking (never about what), and something to talk about.

import { Token } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import { seatName } from "../../store/names";
import { waitsForTables } from "../../store/presence";
import { t, tn } from "../../texts";
import { reasonToTalk } from "./reason_to_talk";

const SHOWN = 7;

/** Whom everybody waits for. */
export function Waiting() {
  const room = useRoom();
  const { view } = room;
  const seats = view.all("seat");
  if (waitsForTables(view)) return <p class="meta">{t("ui.waiting.tables")}</p>;
  const thinking = seats.filter((seat) => !seat.ready);
  if (thinking.length === 0) return null;
  return (
    <div class="row waiting">
      <p class="meta">{tn("ui.waiting", thinking.length, { all: seats.length })}</p>
      <ul class="row">
        {thinking.slice(0, SHOWN).map((seat) => (
          <li key={seat.id}>
            <Token seat={seat.id} small />
            <span class="unseen">{seatName(view, seat.id)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Talk() {
  return <p class="note">{reasonToTalk(useRoom())}</p>;
}
