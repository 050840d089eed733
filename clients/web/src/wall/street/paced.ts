// The living picture is drawn from a copy of what it shows, at most four times a second, however much happens
// meanwhile.
import { effect, untracked } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { language } from "../../prefs";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";

const AT_MOST_EVERY_MS = 250;

export function usePaced<T>(read: (room: Room) => T): T {
  const room = useRoom();
  const [found, setFound] = useState(() => untracked(() => read(room)));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      void room.view.table;
      void language.value;
      timer ??= setTimeout(() => {
        timer = undefined;
        setFound(read(room));
      }, AT_MOST_EVERY_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [room]);
  return found;
}
