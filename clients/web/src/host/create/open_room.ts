// Opening a room: one frame until it is answered, over lost links and reloads too, and the console then.
import { useEffect, useState } from "preact/hooks";
import { keep } from "../../connection";
import type { CreateFrame } from "../../protocol/frames";
import type { Ending } from "../../protocol/socket";
import { go } from "../../route";
import { Room } from "../../store/room";
import type { Seated } from "./class_size";
import { forget, intend, intended } from "./intended_room";
import { forgetWish } from "./kept_wish";
import type { RoomWish } from "./room_wish";

/** Return the frame that asks for a room as it is wished. */
export function frameOf(wish: RoomWish, seated: Seated | undefined, id: string): CreateFrame {
  const roles = Object.entries(wish.roles ?? {}).flatMap(([role, count]) => Array.from({ length: count }, () => role));
  const size = roles.length > 0 ? { roles } : { seats: seated?.seats ?? wish.people };
  return {
    type: "create",
    scenario: wish.scenario,
    options: {
      ...size,
      language: wish.language,
      timers: { scale: wish.scale },
      pace: wish.closes,
      lesson: wish.lesson,
      bots: wish.bots,
      dealt: "proportion", // whoever comes first is not the first role's
      ...(wish.dates ? { dates: { times: [...wish.dates.times], days: [...wish.dates.days], zone: zone() } } : {}),
      ...(wish.practice ? { practice: true } : {}),
      ...(wish.standIn && wish.standIn !== "minute" ? { stand_in: wish.standIn } : {}),
      ...(wish.pseudonyms ? { pseudonyms: true } : {}),
      ...(wish.consent ? { consent: true, ...(wish.consentText ? { consent_text: wish.consentText } : {}) } : {}),
      ...(wish.screened && wish.screened !== "none" ? { screened: wish.screened } : {}),
      ...(wish.questions === false ? { questions: false } : {}),
      ...(wish.choices?.length ? { choices: [...wish.choices] } : {}),
      ...(seated?.shared ? { teams: true } : {}),
    },
    id,
    ...(wish.key ? { key: wish.key } : {}),
  };
}

/** Return the time zone of this machine; a browser that does not know it is taken at its word for the world's. */
function zone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** A room that is being opened: the connection until it is welcomed, and why it was not. */
export interface RoomOpening {
  waiting: Room | undefined;
  /** The page before a reload has asked for it, and nothing was heard of it since. */
  again: boolean;
  refused: Ending | undefined;
  /** Ask for a room and go to its console; resolves when it is there or was refused. */
  open: (wish: RoomWish, frame: CreateFrame) => Promise<void>;
}

export function useRoomOpening(): RoomOpening {
  const [waiting, setWaiting] = useState<Room>();
  const [before, setBefore] = useState(intended);
  const [refused, setRefused] = useState<Ending>();
  useEffect(() => {
    if (!waiting) return undefined;
    return () => {
      if (!waiting.you.peek()) waiting.close(); // whoever has left the page wants no room any more
    };
  }, [waiting]);
  const open = async (wish: RoomWish, frame: CreateFrame): Promise<void> => {
    intend(wish, frame);
    const room = new Room(frame).open();
    setRefused(undefined);
    setWaiting(room);
    const ending = await outcome(room);
    if (ending?.code !== "unauthorised") forget(); // without its key it is the same wish
    setRefused(ending);
    setWaiting(undefined);
    setBefore(undefined);
    if (ending) return;
    if (!frame.options?.rehearsal) forgetWish(frame.class ? "class" : "room");
    keep("host", room);
    go(`c/${room.code.value}`);
  };
  useEffect(() => {
    if (before) void open(before.wish, before.frame);
    return forget;
  }, []);
  return { waiting, again: before !== undefined, refused, open };
}

/** Wait until a room has welcomed its host; why not, where it will not. */
export function outcome(room: Room): Promise<Ending | undefined> {
  return new Promise((settle) => {
    const stops = [
      room.you.subscribe((you) => you && finish(undefined)),
      room.ending.subscribe((ending) => ending && finish(ending)),
    ];
    function finish(refused: Ending | undefined): void {
      queueMicrotask(() => {
        for (const stop of stops) stop();
      });
      settle(refused);
    }
  });
}
