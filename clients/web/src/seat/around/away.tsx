// While you were away: what happened meanwhile to this seat, in five lines at most, newest first; nothing where nothing
// did.
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { isMine, sentences } from "../../parts/page/news";
import { useRoom } from "../../store/context";
import { t } from "../../texts";

const MOST = 5;

export function Away() {
  const room = useRoom();
  const away = room.away.value;
  if (away === undefined) return null;
  const missed = sentences(room).filter(
    (each) => each.number > away.after && (each.line.seq ?? 0) <= away.until && !each.undone,
  );
  const phase = missed.find((each) => each.line.text === "phase_opened");
  const own = missed.filter((each) => isMine(room, each.line));
  if (own.length === 0) return null;
  const shown = [...(phase ? [phase] : []), ...own].slice(0, MOST);
  const goOn = (): void => {
    room.away.value = undefined;
  };
  return (
    <Sheet title={t("ui.away")} onClose={goOn}>
      <div class="stack">
        <p class="meta">{t("ui.away.back")}</p>
        <ul class="stack tight">
          {shown.map((each) => (
            <li key={each.number}>{each.text}</li>
          ))}
        </ul>
        <Button look="ink" onClick={goOn}>
          {t("ui.go_on")}
        </Button>
      </div>
    </Sheet>
  );
}
