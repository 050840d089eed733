// After the end a host may lead everybody to the next room: a phone goes there by itself, once, under the same name,
// or in its own seat where that room is a what-if of this one; so does a wall.
import { useEffect, useLayoutEffect } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { language, me } from "../prefs";
import { go } from "../route";
import { session } from "../storage";
import { useRoom } from "../store/context";
import { held, letGo } from "../store/kept/held_seats";
import { t } from "../texts";
import { useKnock } from "./knock";

const FOLLOWED = "ms.followed";

/** Go on to the next room once: whoever comes back to read is not led away again. */
function useLedOn(next: string, follow: () => void): void {
  useEffect(() => {
    if (!next || session.read<string>(FOLLOWED) === next) return;
    session.write(FOLLOWED, next);
    follow();
  }, [next]);
}

/** The wall goes along by itself, as phones do. */
export function FollowOnWall() {
  const next = String(useRoom().view.pieces("room")["next"] ?? "");
  useLedOn(next, () => go(`s/${next}`));
  return null;
}

const GONE = ["removed", "unauthorised"];

/** Whose seat at a table of a class is gone asks the class, which may have dealt them to another table. */
function useBackToClass(code: string, ending: string | undefined): void {
  useLayoutEffect(() => {
    const of = held("seat", code)?.of;
    if (!of || !ending || !GONE.includes(ending)) return;
    letGo("seat", code);
    go(`j/${of}/me`, true);
  }, [ending]);
}

interface NextRoom {
  next?: string;
  next_fork?: boolean;
  teams?: boolean;
}

export function Follow() {
  const room = useRoom();
  const { knock, waiting, refused } = useKnock();
  const code = room.code.value;
  const { next = "", next_fork, teams } = room.view.pieces("room") as NextRoom;
  const shown = teams ? undefined : room.view.find("seat", room.seat.value)?.name; // as a host may have put it right
  const name = shown || (held("seat", code)?.name ?? me.value.name ?? "");
  const follow = (): void => {
    if (next_fork) go(`p/${next}/now`);
    else if (name) knock({ room: next, name, language: language.peek() });
    else go(`j/${next}`);
  };
  useLedOn(next, follow);
  useBackToClass(code, room.ending.value?.code);
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
