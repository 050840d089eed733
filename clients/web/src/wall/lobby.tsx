// The way in: the code, its QR code as large as the back row needs it, and who has come.
import { Qr } from "../parts/pictures/qr";
import { Token } from "../parts/pictures/tokens";
import { useRoom } from "../store/context";
import { addressOf } from "../store/join_address";
import { seatName } from "../store/names";
import { isTaken } from "../store/presence";
import { t, tn } from "../texts";
import { number } from "../texts/numbers";

const PEOPLE = { rows: 4, beside: 3, perRow: 4 }; // rows of people, fewer beside free chairs; all are counted above
const CHAIRS = { rows: 3, perRow: 15 };

export function Lobby() {
  const room = useRoom();
  const seats = room.view.all("seat");
  const people = seats.filter(isTaken);
  const { join } = addressOf(room);
  const free = seats.length - people.length;
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
          {people
            .slice(-PEOPLE.perRow * (free ? PEOPLE.beside : PEOPLE.rows))
            .reverse()
            .map((seat) => (
              <li key={seat.id}>
                <Token seat={seat.id} />
                <bdi>{seatName(room.view, seat.id)}</bdi>
              </li>
            ))}
        </ul>
        <FreeChairs free={free} rows={people.length > 2 * PEOPLE.perRow ? 1 : CHAIRS.rows} />
        {running ? null : <p class="wall-meta">{t("ui.wall.starts")}</p>}
      </div>
    </div>
  );
}

/** A ring for every chair that is still free, as far as there is room for them; how many more there are in figures. */
export function FreeChairs({ free, rows }: { free: number; rows: number }) {
  const shown = Math.min(free, rows * CHAIRS.perRow);
  if (free === 0) return null;
  return (
    <div class="wall-chairs" aria-hidden="true">
      {Array.from({ length: shown }, (_, index) => (
        <span key={index} class="chair" />
      ))}
      {free > shown ? <b class="mono">+{number(free - shown)}</b> : null}
    </div>
  );
}
