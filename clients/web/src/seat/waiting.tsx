// After one's own choice: who is still thinking (never about what), and something to talk about.
import { useRoom } from "../store/context";
import { Token } from "../parts/tokens";
import { seatName } from "../texts/names";
import { t, tn } from "../texts";

const SHOWN = 12;

export function Waiting() {
  const { view } = useRoom();
  const seats = view.all("seat");
  const thinking = seats.filter((seat) => !seat.ready);
  return (
    <section class="stack waiting">
      <p>{t("ui.ready.text")}</p>
      {thinking.length > 0 ? <p class="meta">{tn("ui.waiting", thinking.length, { all: seats.length })}</p> : null}
      <ul class="row">
        {thinking.slice(0, SHOWN).map((seat) => (
          <li key={seat.id}>
            <Token seat={seat.id} small />
            <span class="unseen">{seatName(view, seat.id)}</span>
          </li>
        ))}
      </ul>
      <p class="note">{t("ui.talk")}</p>
    </section>
  );
}
