// The strip on top of the class console: which class, how people get in, how many are here, and what the wall shows.
import { Button } from "../../parts/controls/button";
import { link } from "../../route";
import { aboutClass, peopleOf } from "../../store/classes";
import { useRoom } from "../../store/context";
import { t } from "../../texts";
import { counted } from "./counted";
import type { Opened } from "./sheets";

export function ClassHead({ onOpen }: { onOpen: (sheet: Opened) => void }) {
  const { view } = useRoom();
  const { code = "", name = "", people = 0 } = aboutClass(view) ?? {};
  const here = peopleOf(view).filter((person) => person.here).length; // as the list behind the button has them
  return (
    <header class="strip">
      <div class="where class-where">
        <h1 tabIndex={-1}>{name || t("ui.class.unnamed")}</h1>
        <Button look="quiet" label={t("ui.class.code", { code })} onClick={() => onOpen("code")}>
          <b class="mono code">{code}</b> <span class="tag">QR</span>
        </Button>
        <Button look="quiet" onClick={() => onOpen("people")}>
          {counted("ui.class.here", people, { here, people })}
        </Button>
        <span class="class-grow" />
        <a class="button quiet" href={link(`s/${code}`)} target="_blank" rel="noopener">
          {t("ui.console.wall")}
        </a>
        <Button look="quiet" onClick={() => onOpen("more")}>
          {t("ui.class.more")}
        </Button>
      </div>
    </header>
  );
}
