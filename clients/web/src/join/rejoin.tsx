// A link with a token or a short code in its fragment: it is taken out of the address bar at once, tried as what it may
// be, and kept as what it was. And the seat of another room, tried in a what-if room that goes on from that one.
import { useEffect, useState } from "preact/hooks";
import { keep } from "../connection";
import { Button } from "../parts/controls/button";
import { NoticePage } from "../parts/page/notice_page";
import { Unreachable } from "../parts/page/unreachable";
import type { ResumeFrame } from "../protocol/frames";
import { go } from "../route";
import { held, hold, rooms } from "../store/kept/held_seats";
import { Room } from "../store/room";
import { t } from "../texts";
import { DOORS, Door } from "./door";

type Way = "host_token" | "seat_token" | "code";
const WAYS: readonly Way[] = ["seat_token", "host_token", "code"];

export function Rejoin({ code, token, only }: { code: string; token: string; only?: "host" | undefined }) {
  const [trying, setTrying] = useState<Room>();
  const [refused, setRefused] = useState("");
  const [isAsked, setAsked] = useState(only === "host" && isKept(code, token) && !isOwn(token));
  // the place that was kept may be no more: then the other one is taken
  const come = (by: string, other?: string): void => {
    setAsked(false);
    void arrive(code, by, only ? ["host_token"] : WAYS, setTrying).then((why) => {
      if (why !== "unauthorised") setRefused(why);
      else if (other) come(other);
      else if (only && isKept(code, by)) go(`c/${code}`, true);
      else setRefused(why);
    });
  };
  useEffect(() => {
    history.replaceState(null, "", "#/");
    if (!isAsked) come(token);
  }, []);
  if (isAsked)
    return <AnotherChair onLink={() => come(token)} onKept={() => come(held("host", code)?.token ?? token, token)} />;
  if (refused && refused in DOORS)
    return <Door why={refused} code={code} onKnock={() => go("", true)} onOther={() => go("", true)} />;
  if (refused) {
    return (
      <NoticePage about={only ? "unauthorised.host" : "unauthorised.either"} symbol="matching" values={{ code }}>
        <Button look="main" onClick={() => go(only ? "" : `j/${code}`, true)}>
          {t(only ? "ui.apart.home" : "ui.join_again")}
        </Button>
      </NoticePage>
    );
  }
  if (trying && trying.failures.value > 0) return <Unreachable room={trying} />;
  return <p class="page meta">{t("ui.opening")}</p>;
}

/** A browser has one host's place in a room: whoever tries somebody else's link would lose their own by it. */
function AnotherChair({ onLink, onKept }: { onLink: () => void; onKept: () => void }) {
  return (
    <NoticePage about="another_chair" symbol="exchange">
      <Button look="main" onClick={onKept}>
        {t("ui.apart.another_chair.keep")}
      </Button>
      <Button onClick={onLink}>{t("ui.apart.another_chair.take")}</Button>
    </NoticePage>
  );
}

/** Whether this browser has another key to a chair: a what-if may have given out one of its own. */
function isKept(code: string, token: string): boolean {
  return (held("host", code)?.token ?? token) !== token;
}

/** Whether this browser leads another room with this key: a what-if is opened with the key of its origin. */
function isOwn(token: string): boolean {
  return rooms("host").some((one) => one.held.token === token);
}

/**
 * Come into a what-if room as in the room that it was forked from, where this browser has a seat there. Which room that
 * is the server says: no other room is shown the token of that seat.
 */
export async function comeAsBefore(code: string, leaving: AbortSignal): Promise<void> {
  if (leaving.aborted) return; // while this chunk was fetched
  const asking = new Room({ type: "watch", room: code }).open();
  leaving.onabort = () => asking.close();
  await outcome(asking);
  const before = held("seat", String(asking.view.pieces("room")["origin"]));
  asking.close();
  if (before && !leaving.aborted) await arrive(code, before.token, ["seat_token"], () => undefined, before.name);
}

/** Try the ways in turn; what the last one was refused with, or nothing where one has led in. */
async function arrive(
  code: string,
  token: string,
  ways: readonly Way[],
  tell: (room: Room) => void,
  name?: string,
): Promise<string> {
  let refused = "unauthorised";
  for (const way of ways) {
    const entrance: ResumeFrame = { type: "resume", room: code, [way]: token };
    const room = new Room(entrance).open();
    tell(room);
    refused = await outcome(room);
    if (refused in DOORS) return refused;
    if (refused) continue;
    const chair = room.you.peek()?.kind === "host" ? "host" : "seat";
    if (way !== "code") hold(chair, code, token, name);
    keep(chair, room);
    const console = Object.keys(room.view.pieces("class")).length > 0 ? "class" : "c";
    go(chair === "host" ? `${console}/${code}` : `p/${code}/now`, true);
    return "";
  }
  return refused;
}

function outcome(room: Room): Promise<string> {
  return new Promise((settle) => {
    const finish = (refused: string): void => {
      queueMicrotask(() => {
        for (const stop of stops) stop();
      });
      if (refused) room.close();
      settle(refused);
    };
    const stops = [
      room.you.subscribe((you) => you && finish("")),
      room.ending.subscribe((ending) => ending && finish(ending.code)),
    ];
  });
}
