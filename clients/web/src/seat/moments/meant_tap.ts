// No tap meant for yesterday: a tap that began before a card was drawn, or comes too soon after the phase has changed,
// does nothing to it.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { SETTLE_MS } from "../../parts/controls/tap_guard";

let pressed = Number.NEGATIVE_INFINITY; // when the last finger went down
document.addEventListener(
  "pointerdown",
  () => {
    pressed = performance.now();
  },
  true,
);

/**
 * Return whether taps are still too early for what is drawn under this name, which came at a time of the page's clock,
 * and a function that says whether a click is meant for it.
 */
export function useMeantTap(
  name: string,
  arrived: number,
): [asleep: boolean, isMeant: (click: Pick<MouseEvent, "detail">) => boolean] {
  const drawn = useRef(0);
  const [asleep, setAsleep] = useState(true);
  useLayoutEffect(() => {
    drawn.current = performance.now();
    const left = arrived + SETTLE_MS - performance.now();
    setAsleep(left > 0);
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setAsleep(false), left);
    return () => clearTimeout(timer);
  }, [name, arrived]);
  const isMeant = ({ detail }: Pick<MouseEvent, "detail">): boolean => {
    const early = performance.now() < arrived + SETTLE_MS;
    const begunBefore = detail > 0 && pressed < drawn.current; // a key or a screen reader presses nothing down
    return !early && !begunBefore;
  };
  return [asleep, isMeant];
}
