// What is read aloud to a seat: what the host writes, in the lobby too, and what touches the seat; never what the
// others do.
import { useEffect, useRef } from "preact/hooks";
import { say } from "../../parts/page/live_regions";
import { Happened, isMine, lately, openLines, SEEN_ROLLING, sentences } from "../../parts/page/news";
import { useRoom } from "../../store/context";

const FROM_HOST = ["announced", "messaged"];

/**
 * Read aloud what comes after line `since`, or else after the last one that is there now; what was kept back, as soon
 * as it is told.
 */
export function useReadAloud(since = Infinity): void {
  const room = useRoom();
  const lines = openLines(room);
  const heard = useRef<ReadonlySet<number>>(undefined);
  useEffect(() => {
    const numbers = lines.map((line) => line.number);
    const before = heard.current ?? new Set(numbers.filter((number) => number <= since));
    heard.current = new Set(numbers);
    const all = sentences(room);
    const began = lately(all); // what is told again of long ago is not read aloud again
    const fresh = all.filter((each) => each.number > began && !before.has(each.number) && isMine(room, each.line));
    const fromHost = fresh.filter((each) => FROM_HOST.includes(each.line.text)).reverse();
    for (const each of fromHost) say(each.text, `host ${each.number}`);
    const own = fresh.find((each) => ![...FROM_HOST, ...SEEN_ROLLING].includes(each.line.text));
    if (own) say(own.text, "own");
  }, [lines.length, lines.at(-1)?.number]);
}

/** The host's word before the start, read aloud too if it came after line `since`. */
export function FromHost({ since }: { since: number }) {
  useReadAloud(since);
  return <Happened hostAlone />;
}
