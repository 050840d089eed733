// Knocking at a room: one intention goes out until it is answered, over lost links and reloads too.
import { useEffect, useState } from "preact/hooks";
import { keep } from "../connection";
import type { JoinFrame } from "../protocol/frames";
import type { Ending } from "../protocol/socket";
import { go } from "../route";
import { comesLate } from "../store/kept/came_late";
import { joinId } from "../store/kept/intended_joins";
import { Room } from "../store/room";

export type Asked = Pick<JoinFrame, "room" | "name" | "language" | "pass">;

export interface Knocking {
  /** The connection that has not been welcomed yet. */
  waiting: Room | undefined;
  /** Why nobody is in yet; it stands while the same is asked again by itself. */
  refused: Ending | undefined;
  knock: (asked: Asked) => void;
  forget: () => void;
}

export function useKnock(): Knocking {
  const [waiting, setWaiting] = useState<Room>();
  const [refused, setRefused] = useState<Ending>();
  useEffect(() => {
    if (!waiting) return undefined;
    const stops = [
      waiting.you.subscribe((you) => {
        if (!you) return;
        keep("seat", waiting);
        if (waiting.game.peek().status === "running" && waiting.role.peek() !== "waiting")
          comesLate(waiting.code.peek());
        go(`p/${waiting.code.peek()}/now`);
      }),
      waiting.ending.subscribe((ending) => {
        if (!ending) return;
        setRefused(ending);
        setWaiting(undefined);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      if (!waiting.you.peek()) waiting.close();
    };
  }, [waiting]);
  return {
    waiting,
    refused,
    knock: (asked) => {
      setRefused((before) => (before?.again ? before : undefined));
      setWaiting(new Room({ type: "join", ...asked, id: joinId(asked.room, asked.name) }).open());
    },
    forget: () => {
      setRefused(undefined);
      setWaiting(undefined);
    },
  };
}
