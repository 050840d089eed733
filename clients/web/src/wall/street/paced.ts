// The living picture is drawn from a copy of what it shows, at most four times a second, however much happens
// meanwhile, and only where the copy is another one. Counts of the room change more seldom, so that the
// board is calm; who is ready stands at each seat anyway.
import { effect, untracked } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { language } from "../../prefs";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";

const AT_MOST_EVERY_MS = 250;
/** How often what is counted may change: all of it comes within this time. */
export const COUNTS_EVERY_MS = 2000;

export function usePaced<T>(read: (room: Room) => T, everyMs = AT_MOST_EVERY_MS): T {
  const room = useRoom();
  const [found, setFound] = useState(() => untracked(() => read(room)));
  const shown = useRef(found);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      void room.view.table;
      void language.value;
      timer ??= setTimeout(() => {
        timer = undefined;
        const now = read(room);
        if (isSame(now, shown.current)) return;
        shown.current = now;
        setFound(now);
      }, everyMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [room]);
  return found;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
