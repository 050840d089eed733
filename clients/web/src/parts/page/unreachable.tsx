// No way to the server yet: whose side is down, as far as that can be known, and what helps. It goes on trying
// meanwhile.

import { go } from "../../route";
import { RoomContext, useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { t } from "../../texts";
import { Button } from "../controls/button";
import { useWhatIsKnown } from "./link_banner";
import { NoticePage } from "./notice_page";

/** What a page shows in place of a room that has not answered yet; nothing before it has failed once. */
export function Unreachable({ room }: { room: Room }) {
  if (room.failures.value === 0) return null;
  return (
    <RoomContext.Provider value={room}>
      <Known />
    </RoomContext.Provider>
  );
}

/** What a page of a room shows until the room has welcomed it. */
export function Opening() {
  const room = useRoom();
  return room.failures.value > 0 ? <Unreachable room={room} /> : <p class="page meta">{t("ui.opening")}</p>;
}

function Known() {
  const known = useWhatIsKnown(true).slice("ui.link.".length);
  const room = useRoom();
  return (
    <NoticePage about={`link.${known}`} symbol="matching">
      <p class="meta" role="status">
        {room.elsewhere.value || t("ui.apart.trying")}
      </p>
      <Button look={known === "blocked" ? "main" : "plain"} onClick={() => go("check")}>
        {t("ui.check")}
      </Button>
    </NoticePage>
  );
}
