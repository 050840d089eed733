// The way in: the code, its QR code as large as the back row needs it, and who has come.
import { Qr } from "../parts/qr";
import { Token } from "../parts/tokens";
import { addressOf } from "../store/address";
import { useRoom } from "../store/context";
import { isTaken } from "../store/sitting";
import { t, tn } from "../texts";
import { seatName } from "../texts/names";

const SHOWN = 16; // whole rows, the newest first; all are counted above

export function Lobby() {
  const room = useRoom();
  const seats = room.view.all("seat");
  const people = seats.filter(isTaken);
  const { join } = addressOf(room);
  const chairs = Math.max(0, Math.min(SHOWN, seats.length) - people.length);
  const running = room.game.value.status === "running";
  return (
    <div class="wall-lobby">
      <div class="qr-box">
        <Qr text={join} />
      </div>
      <div class="way-in">
        <p class="wall-code mono must">{room.code.value}</p>
        <p class="wall-title must">{join.replace(/^https?:\/\/|\/#.*$/g, "")}</p>
        <p class="wall-meta">{t("ui.wall.how")}</p>
        <p class="wall-count">{tn("ui.lobby.people", people.length, { all: seats.length })}</p>
        <ul class="wall-people">
          {people.slice(-SHOWN).reverse().map((seat) => (
            <li key={seat.id}>
              <Token seat={seat.id} />
              <bdi>{seatName(room.view, seat.id)}</bdi>
            </li>
          ))}
          {Array.from({ length: chairs }, (_, index) => (
            <li key={`chair ${index}`} class="chair" aria-hidden="true" />
          ))}
        </ul>
        {running ? null : <p class="wall-meta">{t("ui.wall.starts")}</p>}
      </div>
    </div>
  );
}
