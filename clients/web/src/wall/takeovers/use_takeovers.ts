// Looks through the lines as they come, and lets what is rare take the wall; but never over a reveal, a curtain, or the
// last seconds of a phase: then it waits. Where the host wants the wall calm, nothing does.
import { effect, untracked } from "@preact/signals";
import { useCallback, useEffect, useMemo, useRef } from "preact/hooks";
import { GAME, shownOf } from "../../parts/results/scenes";
import { useRoom } from "../../store/context";
import type { DatedLine } from "../../store/log";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import { type Kind, REWOUND, type Takeover, takeoversIn } from "./found";
import { Takeovers } from "./queue";

const LAST_MS = 10_000;

/** Return what takes the wall now, and how to go on from it. */
export function useTakeovers(): { shown: Takeover | undefined; skip: () => void } {
  const room = useRoom();
  const queue = useMemo(() => new Takeovers(), [room]);
  const seen = useRef<number>(undefined); // the last line that was looked at; nothing of before is told
  const season = useRef<number>(undefined); // of that line
  useEffect(() => {
    const stopLooking = effect(() => {
      const lines = room.log.lines.value;
      const from = seen.current ?? lines.at(-1)?.number ?? 0;
      const fresh = lines.filter(({ number }) => number > from);
      const earlier = lines.filter(({ number }) => number <= from);
      seen.current = lines.at(-1)?.number ?? 0;
      if (lines.at(-1)?.season !== season.current) queue.forget(); // a new season has news of its own
      season.current = lines.at(-1)?.season;
      // what they tell of is read once, when they come
      if (fresh.length > 0) untracked(() => push(queue, fresh, earlier, room));
    });
    const stopHolding = effect(() => {
      queue.forget(toldBy(room));
      if (isWanted(room)) queue.hold(!isOpen(room));
      else queue.clear();
    });
    return () => {
      stopLooking();
      stopHolding();
      queue.clear();
    };
  }, [queue]);
  const skip = useCallback(() => queue.skip(), [queue]);
  return { shown: queue.shown.value, skip };
}

function push(queue: Takeovers, fresh: readonly DatedLine[], earlier: readonly DatedLine[], room: Room): void {
  if (fresh.some(({ text }) => text === REWOUND)) queue.clear();
  else if (isWanted(room)) queue.push(takeoversIn(fresh, room.view, earlier));
  queue.forget(toldBy(room));
}

/** What scenes tell by themselves. */
const TOLD: { readonly [scene: string]: readonly Kind[] } = {
  world: ["shock"],
  dice: ["missed"],
  exits: ["closed"],
  leaders: ["lead"],
};

/** Return which kinds the scene on the wall tells: they are no news after it. */
function toldBy({ view }: Room): readonly Kind[] {
  const { scene, curtain } = shownOf(view);
  return curtain ? [] : (TOLD[scene] ?? []);
}

/** Return whether rare moments may take this wall at all. */
function isWanted(room: Room): boolean {
  return room.view.single("game").status === "running" && !shownOf(room.view).calm;
}

/** Return whether the wall follows the game, and the phase has some time left. */
function isOpen(room: Room): boolean {
  const { scene, curtain, talk } = shownOf(room.view);
  const { ms } = remaining(room);
  return scene === GAME && !curtain && !talk && (ms === undefined || ms > LAST_MS);
}
