// Knocking at a room: one intention goes out until it is answered, over lost links too, and a refusal ends it.
import { useEffect, useRef, useState } from "preact/hooks";
import { keep } from "../connection";
import type { JoinFrame } from "../protocol/frames";
import { newId } from "../protocol/outbox";
import type { Ending } from "../protocol/socket";
import { go } from "../route";
import { Room } from "../store/room";

export type Asked = Pick<JoinFrame, "room" | "name" | "pen" | "language">;

export interface Knocking {
  /** The connection that has not been welcomed yet. */
  waiting: Room | undefined;
  refused: Ending | undefined;
  knock: (asked: Asked) => void;
  forget: () => void;
}

export function useKnock(): Knocking {
  const [waiting, setWaiting] = useState<Room>();
  const [refused, setRefused] = useState<Ending>();
  const intention = useRef(newId());
  useEffect(() => {
    if (!waiting) return undefined;
    const stops = [
      waiting.you.subscribe((you) => {
        if (!you) return;
        keep("seat", waiting);
        go(`p/${waiting.code.peek()}/now`);
      }),
      waiting.ending.subscribe((ending) => {
        if (!ending) return;
        intention.current = newId();
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
      setRefused(undefined);
      setWaiting(new Room({ type: "join", ...asked, id: intention.current }).open());
    },
    forget: () => {
      setRefused(undefined);
      setWaiting(undefined);
    },
  };
}
