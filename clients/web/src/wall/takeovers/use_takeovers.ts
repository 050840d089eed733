// Looks through the lines as they come, and lets what is rare take the wall; but never over a reveal, a curtain, or the
// last seconds of a phase: then it waits. Where the host wants the wall calm, nothing does.
import { useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useMemo, useRef } from "preact/hooks";
import { GAME, shownOf } from "../../parts/results/scenes";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import { type Takeover, takeoversIn } from "./found";
import { Takeovers } from "./queue";

const LAST_MS = 10_000;
const REWOUND = "rewound";

/** Return what takes the wall now, and how to go on from it. */
export function useTakeovers(): { shown: Takeover | undefined; skip: () => void } {
  const room = useRoom();
  const queue = useMemo(() => new Takeovers(), [room]);
  const seen = useRef<number>(undefined); // the last line that was looked at; nothing of before is told
  useSignalEffect(() => {
    const lines = room.log.lines.value;
    const last = lines.at(-1)?.number ?? 0;
    const fresh = seen.current === undefined ? [] : lines.filter(({ number }) => number > (seen.current ?? 0));
    seen.current = last;
    if (fresh.some(({ text }) => text === REWOUND)) return queue.clear();
    if (fresh.length > 0 && isWanted(room)) queue.push(takeoversIn(fresh, room.view));
  });
  useSignalEffect(() => {
    if (isWanted(room)) queue.hold(!isOpen(room));
    else queue.clear();
  });
  useEffect(() => () => queue.clear(), [queue]);
  const skip = useCallback(() => queue.skip(), [queue]);
  return { shown: queue.shown.value, skip };
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
