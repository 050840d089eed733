// Knocking at a room: one intention goes out until it is answered, over lost links and reloads too.
import { useEffect, useRef, useState } from "preact/hooks";
import { keep } from "../connection";
import type { JoinFrame } from "../protocol/frames";
import type { Ending } from "../protocol/socket";
import { go } from "../route";
import { comesLate } from "../store/kept/came_late";
import { joinId } from "../store/kept/intended_joins";
import { Room } from "../store/room";

const AGAIN_S = 5; // a class that has refused somebody may soon have a table for them

export type Asked = Pick<JoinFrame, "room" | "name" | "language" | "pass" | "answer" | "wish">;

export interface Knocking {
  /** The connection that has not been welcomed yet. */
  waiting: Room | undefined;
  /** Why nobody is in yet; it stands while the same is asked again by itself. */
  refused: Ending | undefined;
  knock: (asked: Asked) => void;
  /** Knock once more as before, with what the door has asked for. */
  answer: (said: Pick<Asked, "answer" | "wish">) => void;
  forget: () => void;
}

/** Knock for somebody; a class keeps asking for those whom it knows, since they may be moved to another table yet. */
export function useKnock(isOfClass?: boolean): Knocking {
  const [waiting, setWaiting] = useState<Room>();
  const [refused, setRefused] = useState<Ending>();
  const last = useRef<Asked | undefined>(undefined);
  useEffect(() => {
    if (!waiting) return undefined;
    const stops = [
      waiting.you.subscribe((you) => {
        if (you) goIn(waiting);
      }),
      waiting.ending.subscribe((ending) => {
        if (!ending) return;
        setRefused(isOfClass ? { again: AGAIN_S, ...ending } : ending);
        setWaiting(undefined);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      if (!waiting.you.peek()) waiting.close();
    };
  }, [waiting]);
  const knock = (asked: Asked): void => {
    last.current = asked;
    setRefused((before) => (before?.again ? before : undefined));
    setWaiting(new Room({ type: "join", answer: 0, ...asked, id: joinId(asked.room, asked.name) }).open());
  };
  return {
    waiting,
    refused,
    knock,
    answer: (said) => last.current && knock({ ...last.current, ...said }),
    forget: () => {
      setRefused(undefined);
      setWaiting(undefined);
    },
  };
}

function goIn(room: Room): void {
  keep("seat", room);
  if (room.game.peek().status === "running" && room.role.peek() !== "waiting") comesLate(room.code.peek());
  go(`p/${room.code.peek()}/now`);
}
