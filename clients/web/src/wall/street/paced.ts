// The living picture is drawn from a copy of what it shows, at most four times a second, however much happens
// meanwhile, and only where the copy is another one; what of it has not changed stays the same object. Who has chosen
// is seen within half a second, a few at a time: of many in one go an old laptop makes a frame that sticks. Counts of
// the room change more seldom, so that the board is calm.
import { batch, computed, effect, untracked } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { language } from "../../prefs";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { shared } from "./shared";

/** When something changes that is drawn from a copy: every so many milliseconds, and so many after that. */
interface Pace {
  readonly everyMs: number;
  readonly afterMs: number;
}

const MOVING: Pace = { everyMs: 250, afterMs: 0 };
/** Pictures of who has chosen. They change between two of those that move: an old laptop draws one after the other. */
export const CALM: Pace = { everyMs: 500, afterMs: 80 };
/** How often what is counted may change: all of it comes within this time, and after the pictures. */
export const AS_COUNTED: Pace = { everyMs: 2000, afterMs: 160 };

/** Return what is read of the room, paced. The first `read` that is given stays: it may use nothing but the room. */
export function usePaced<T>(read: (room: Room) => T, pace = MOVING): T {
  const room = useRoom();
  // where nothing that it is read from has changed, it is not read again
  const told = useMemo(() => computed(() => read(room)), [room]);
  const [found, setFound] = useState(() => untracked(() => told.value));
  const shown = useRef(found);
  useEffect(() => {
    const look = (): void => {
      const now = shared(shown.current, told.value);
      if (Object.is(now, shown.current)) return;
      shown.current = now;
      setFound(now);
    };
    const stop = effect(() => {
      void room.view.table;
      void language.value;
      untracked(() => beatOf(room, pace).add(look));
    });
    return () => {
      stop();
      beatOf(room, pace).delete(look);
    };
  }, [room]);
  return found;
}

const beats = new WeakMap<Room, Map<Pace, Beat>>();

/** All pictures of a wall that are as calm change together: it waits once for them, and is drawn once. */
function beatOf(room: Room, pace: Pace): Beat {
  const ofRoom = beats.get(room) ?? new Map<Pace, Beat>();
  beats.set(room, ofRoom);
  const beat = ofRoom.get(pace) ?? new Beat(pace);
  ofRoom.set(pace, beat);
  return beat;
}

class Beat {
  private readonly waiting = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly pace: Pace) {}

  add(look: () => void): void {
    this.waiting.add(look);
    this.timer ??= setTimeout(() => this.go(), untilNext(this.pace));
  }

  delete(look: () => void): void {
    this.waiting.delete(look);
  }

  private go(): void {
    this.timer = undefined;
    const all = [...this.waiting];
    this.waiting.clear();
    batch(() => all.forEach((look) => void look()));
  }
}

function untilNext({ everyMs, afterMs }: Pace): number {
  const since = performance.now() - afterMs;
  return everyMs - (((since % everyMs) + everyMs) % everyMs);
}
