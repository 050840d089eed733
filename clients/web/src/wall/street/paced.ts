// The living picture is drawn from a copy of what it shows, at most four times a second, however much happens
// meanwhile, and only where the copy is another one; what of it has not changed stays the same object. Counts of the
// room change more seldom, so that the board is calm; who is ready stands at each seat anyway.
import { computed, effect, untracked } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { language } from "../../prefs";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { shared } from "./shared";

const AT_MOST_EVERY_MS = 250;
/** How often what is counted may change: all of it comes within this time. */
export const COUNTS_EVERY_MS = 2000;

/** Return what is read of the room, paced. The first `read` that is given stays: it may use nothing but the room. */
export function usePaced<T>(read: (room: Room) => T, everyMs = AT_MOST_EVERY_MS): T {
  const room = useRoom();
  // where nothing that it is read from has changed, it is not read again
  const told = useMemo(() => computed(() => read(room)), [room]);
  const [found, setFound] = useState(() => untracked(() => told.value));
  const shown = useRef(found);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      void room.view.table;
      void language.value;
      timer ??= setTimeout(() => {
        timer = undefined;
        const now = shared(shown.current, told.value);
        if (Object.is(now, shown.current)) return;
        shown.current = now;
        setFound(now);
      }, untilNext(everyMs));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [room]);
  return found;
}

/** All pictures that are as calm change together, so that a wall is drawn once for them. */
function untilNext(everyMs: number): number {
  return everyMs - (performance.now() % everyMs);
}
