// A connection of its own to a room that a page shows beside the one that it is about: it watches, while it is shown.
import { useEffect, useMemo } from "preact/hooks";
import { Room } from "./room";

export function useWatched(code: string): Room {
  const room = useMemo(() => {
    const watched = new Room({ type: "watch", room: code });
    watched.code.value = code;
    return watched;
  }, [code]);
  useEffect(() => {
    room.open();
    return () => room.close();
  }, [room]);
  return room;
}
