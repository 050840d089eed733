// Thirty seconds at the beginning of admission in which everybody says it to a neighbour, all at once. Nothing waits
// for it, and nothing is sent.
import { session } from "../../storage";
import { useRoom } from "../../store/context";
import { tick } from "../../store/time";
import { t } from "../../texts";

const LASTS_S = 30;

export function PitchRound() {
  const room = useRoom();
  void tick.value;
  const { season, phase } = room.game.value;
  const others = room.view.all("seat").filter((seat) => seat.by === "person" && seat.id !== room.seat.value);
  if (phase !== "admission" || others.length === 0) return null;
  const key = `ms.pitch.${room.code.value}.${season}`; // a screen is drawn anew with each tab and each reload
  const since = session.read<number>(key) ?? Date.now();
  session.write(key, since);
  const left = LASTS_S - Math.floor((Date.now() - since) / 1000);
  if (left <= 0) return null;
  return (
    <section class="pitch-round">
      <p>
        <b>{t("ui.talk.round")}</b> {t(`ui.talk.round.${room.role.value}`)}
      </p>
      <span class="pitch-round-left" aria-hidden="true">
        <i style={{ width: `${(100 * left) / LASTS_S}%` }} />
      </span>
    </section>
  );
}
