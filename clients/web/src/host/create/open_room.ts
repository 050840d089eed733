// Opening a room: one frame, and the console once the server has answered.
import { useEffect, useState } from "preact/hooks";
import { keep } from "../../connection";
import type { CreateFrame } from "../../protocol/frames";
import type { Ending } from "../../protocol/socket";
import { go } from "../../route";
import { Room } from "../../store/room";
import type { Seated } from "./class_size";
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
      ...(wish.practice ? { practice: true } : {}),
      ...(seated?.shared ? { teams: true } : {}),
    },
    id,
    ...(wish.key ? { key: wish.key } : {}),
  };
}

/** A room that is being opened: the connection until it is welcomed, and why it was not. */
export interface RoomOpening {
  waiting: Room | undefined;
  refused: Ending | undefined;
  /** Ask for a room and go to its console; resolves when it is there or was refused. */
  open: (frame: CreateFrame) => Promise<void>;
}

export function useRoomOpening(): RoomOpening {
  const [waiting, setWaiting] = useState<Room>();
  const [refused, setRefused] = useState<Ending>();
  useEffect(() => {
    if (!waiting) return undefined;
    return () => {
      if (!waiting.you.peek()) waiting.close(); // whoever has left the page wants no room any more
    };
  }, [waiting]);
  const open = async (frame: CreateFrame): Promise<void> => {
    const room = new Room(frame).open();
    setRefused(undefined);
    setWaiting(room);
    const ending = await outcome(room);
    setRefused(ending);
    setWaiting(undefined);
    if (ending) return;
    keep("host", room);
    go(`c/${room.code.value}`);
  };
  return { waiting, refused, open };
}

/** Wait until a room has welcomed its host; why not, where it will not. */
function outcome(room: Room): Promise<Ending | undefined> {
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
