// A deal that was struck in person: both press within ten seconds of each other, and both stories have it.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/controls/button";
import { Card } from "../../../parts/pictures/card";
import { Token } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { seatName } from "../../../store/names";
import type { Room } from "../../../store/room";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { thud } from "../feel";
import type { Handshake } from "../kinds";
import { ownStory } from "../own_story";
import { useIsLive } from "../stage";
import { Head } from "./pieces";

const TOGETHER_MS = 10_000;

export function handshakeSentence(view: View, { whom }: Handshake): string {
  return t("ui.moment.handshake", { who: seatName(view, whom) });
}

export function HandshakeCard({ moment }: { moment: Handshake }) {
  const { view, seat } = useRoom();
  const live = useIsLive();
  useEffect(() => {
    if (live) thud(false);
  }, []);
  return (
    <Card teeth={2}>
      <Head moment={moment} title={handshakeSentence(view, moment)} picture={<Token seat={moment.whom} />} />
      <p class="row">
        <Token seat={seat.value} /> <Token seat={moment.whom} />
      </p>
      <p>{t("ui.moment.handshake.text")}</p>
    </Card>
  );
}

/** The button by which a hand is held out to somebody; not to a bot. */
export function HoldOut({ to }: { to: number }) {
  const room = useRoom();
  const [isHeldOut, setHeldOut] = useState(false);
  useEffect(() => {
    if (!isHeldOut) return undefined;
    const timer = setTimeout(() => setHeldOut(false), TOGETHER_MS);
    return () => clearTimeout(timer);
  }, [isHeldOut]);
  if (!room.command("shake") || room.view.find("seat", to)?.by !== "person") return null;
  const who = seatName(room.view, to);
  if (isMet(room, to)) return <p class="meta">{t("ui.moment.handshake", { who })}</p>;
  return (
    <Card teeth={1}>
      <p class="meta" role="status">
        {t(isHeldOut ? "ui.moment.handshake.waits" : "ui.moment.handshake.how", { who })}
      </p>
      <Button
        onClick={async () => {
          const answer = await room.send("shake", { seat: to });
          setHeldOut(answer.ok);
        }}
      >
        {t("ui.moment.handshake.press", { who })}
      </Button>
    </Card>
  );
}

/** Return whether both hands have met this season. */
function isMet(room: Room, whom: number): boolean {
  const { season } = room.game.value;
  return ownStory(room).told.value.some(
    (moment) => moment.kind === "handshake" && moment.whom === whom && moment.season === season,
  );
}
