// What the ecosystem's own result is waits on the console as who stands where does: until the wall has shown it, or its
// host looks ahead. What was open once on this page stays so, whatever scene the host goes back to.
import { useRef } from "preact/hooks";
import { isRankingKept, OF_END, shownOf, waitsForHost } from "../parts/results/revealed";
import { isSealed, scenesOf } from "../parts/results/scenes";
import { useRoom } from "../store/context";

const LATER = ["together", "runs"] as const;
type Later = (typeof LATER)[number];

/** Return which scenes of that result the wall has still to show. */
export function useToCome(): ReadonlySet<Later> {
  const room = useRoom();
  const { view } = room;
  const open = useRef(new Set<Later>());
  const at = OF_END.indexOf(shownOf(view).scene);
  const isStaged = waitsForHost(view) && !isSealed(view);
  const there = scenesOf(room);
  for (const scene of LATER) {
    const isPast = !isRankingKept(view) && at >= OF_END.indexOf(scene);
    if (!isStaged || isPast || !there.includes(scene)) open.current.add(scene);
  }
  return new Set(LATER.filter((scene) => !open.current.has(scene)));
}
