// After the end a host may lead everybody to the next room: this page goes there by itself, once, under the same name.
import { useEffect } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { language, me } from "../prefs";
import { go } from "../route";
import { session } from "../storage";
import { useRoom } from "../store/context";
import { held } from "../store/kept/held_seats";
import { t } from "../texts";
import { useKnock } from "./knock";

const FOLLOWED = "ms.followed";

export function Follow() {
  const room = useRoom();
  const { knock, waiting, refused } = useKnock();
  const code = room.code.value;
  const next = String(room.view.pieces("room")["next"] ?? "");
  const name = held("seat", code)?.name ?? me.value.name ?? "";
  const follow = (): void => {
    if (name) knock({ room: next, name, language: language.peek() });
    else go(`j/${next}`);
  };
  useEffect(() => {
    if (!next || session.read<string>(FOLLOWED) === next) return; // whoever comes back to read is not led away again
    session.write(FOLLOWED, next);
    follow();
  }, [next]);
  useEffect(() => {
    if (refused) go(`j/${next}`); // its page says why, and what else there is
  }, [refused]);
  if (!next) return null;
  return (
    <div class="banner row spread next-room" role="status">
      <span>{t("ui.next_room", { code: next })}</span>
      <Button look="ink" disabled={waiting !== undefined} onClick={follow}>
        {t("ui.next_room.go")}
      </Button>
    </div>
  );
}
