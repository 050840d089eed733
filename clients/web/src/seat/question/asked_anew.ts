// Answers of the server that are asked for again whenever they may have become wrong: what was answered to an older
// question stays on the page meanwhile, and is known as old.
import { useEffect, useRef, useState } from "preact/hooks";
import { useRoom } from "../../store/context";

const SETTLE_MS = 350;
const MOVED_MS = 1500; // what others do comes often, and seldom changes what one is asking about

export interface Asked<T> {
  answer: T | undefined;
  /** Something has moved since it was answered. */
  isOld: boolean;
}

/**
 * Ask now, and anew when `about` changes or anything in the room has moved.
 *
 * `about` is what the answer rests on as far as the page knows: another `about` makes the answer old at once. With
 * none, nothing is asked. `settles` waits for the last of several changes.
 */
export function useAskedAnew<T>(about: string, ask: () => Promise<T | undefined>, settles: boolean): Asked<T> {
  const room = useRoom();
  const moves = about ? room.moves.value : 0;
  const [found, setFound] = useState<{ about: string; moves: number; answer: T }>();
  const latest = useRef({ about, ask });
  latest.current = { about, ask };
  const isOld = found !== undefined && found.about !== about;
  const isBehind = found !== undefined && !isOld && found.moves !== moves;
  const isDue = found === undefined || isOld || isBehind;
  useEffect(() => {
    if (!about || !isDue) return undefined;
    const put = (): void => {
      const asked = { about: latest.current.about, moves: room.moves.peek() };
      void latest.current.ask().then((answer) => {
        if (answer !== undefined && latest.current.about === asked.about) setFound({ ...asked, answer });
      });
    };
    const timer = setTimeout(put, isBehind ? MOVED_MS : settles ? SETTLE_MS : 0);
    return () => clearTimeout(timer);
  }, [about, isDue, isBehind, found?.moves, room.link.value]);
  return { answer: about ? found?.answer : undefined, isOld };
}
