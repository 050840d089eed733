// A link with a token or a short code in its fragment: it is taken out of the address bar at once, tried as what it may
// be, and kept as what it was.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/button";
import type { ResumeFrame } from "../protocol/frames";
import { keep } from "../rooms";
import { go } from "../route";
import { Room } from "../store/room";
import { hold } from "../store/seats";
import { t } from "../texts";

type Way = "host_token" | "seat_token" | "code";
const WAYS: readonly Way[] = ["seat_token", "host_token", "code"];

export function Rejoin({ code, token, only }: { code: string; token: string; only?: "host" | undefined }) {
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    history.replaceState(null, "", "#/");
    void arrive(code, token, only ? ["host_token"] : WAYS).then((arrived) => setFailed(!arrived));
  }, []);
  if (!failed) return <p class="page meta">{t("ui.opening")}</p>;
  return (
    <main class="page stack">
      <h1 tabIndex={-1}>{t(`ui.ended.unauthorised${only ? ".host" : ""}`)}</h1>
      <Button look="ink" onClick={() => go(`j/${code}`, true)}>
        {t("ui.join_again")}
      </Button>
    </main>
  );
}

async function arrive(code: string, token: string, ways: readonly Way[]): Promise<boolean> {
  for (const way of ways) {
    const room = await attempt(code, token, way);
    if (!room) continue;
    const chair = room.you.peek()?.kind === "host" ? "host" : "seat";
    if (way !== "code") hold(chair, code, token);
    keep(chair, room);
    go(chair === "host" ? `c/${code}` : `p/${code}/now`, true);
    return true;
  }
  return false;
}

function attempt(code: string, token: string, way: Way): Promise<Room | undefined> {
  const entrance: ResumeFrame = { type: "resume", room: code, [way]: token };
  const room = new Room(entrance).open();
  return new Promise((settle) => {
    const stops = [
      room.you.subscribe((you) => you && finish(room)),
      room.ending.subscribe((ending) => ending && finish(undefined)),
    ];
    function finish(found: Room | undefined): void {
      queueMicrotask(() => stops.forEach((stop) => stop()));
      if (!found) room.close();
      settle(found);
    }
  });
}
