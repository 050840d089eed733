// Opening a room: one frame, and the console once the server has answered.

import { keep } from "../../connection";
import type { CreateFrame } from "../../protocol/frames";
import { go } from "../../route";
import { Room } from "../../store/room";
import type { Seated } from "./class_size";
import type { RoomWish } from "./room_wish";

export interface Refused {
  code: string;
  message: string;
}

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
    },
    id,
    ...(wish.key ? { key: wish.key } : {}),
  };
}

/** Open a room and go to its console, or return why not. */
export function openRoom(wish: RoomWish, seated: Seated | undefined, id: string): Promise<Refused | undefined> {
  const room = new Room(frameOf(wish, seated, id)).open();
  return new Promise((settle) => {
    const stops = [
      room.you.subscribe((you) => {
        if (!you) return;
        keep("host", room);
        finish(undefined);
        go(`c/${room.code.value}`);
      }),
      room.ending.subscribe((ending) => ending && finish(ending)),
    ];
    function finish(refused: Refused | undefined): void {
      queueMicrotask(() => {
        for (const stop of stops) stop();
      });
      settle(refused);
    }
  });
}
