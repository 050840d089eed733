// A choice that did not arrive in time: said once, with what was done instead.
import { Button } from "../../parts/controls/button";
import { isMine, sentences } from "../../parts/page/news";
import { useRoom } from "../../store/context";
import { t } from "../../texts";

const MOST = 3;

export function LateNote() {
  const room = useRoom();
  const late = room.late.value;
  const { season, phase } = room.game.value;
  if (!late || (late.at.season === season && late.at.phase === phase)) return null;
  const opened = sentences(room).filter((each) => each.line.text === "phase_opened");
  const since = opened.at(1)?.number ?? 0;
  const until = opened.at(0)?.number ?? Infinity;
  const done = sentences(room).filter((each) => each.number > since && each.number < until && isMine(room, each.line));
  return (
    <div class="note late" role="alert">
      <p>{t("ui.late")}</p>
      <ul class="meta">
        {done
          .reverse()
          .slice(0, MOST)
          .map((each) => (
            <li key={each.number}>{each.text}</li>
          ))}
      </ul>
      <Button
        onClick={() => {
          room.late.value = undefined;
        }}
      >
        {t("ui.go_on")}
      </Button>
    </div>
  );
}
