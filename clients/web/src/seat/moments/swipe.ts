// A card is pushed on by a finger that goes sideways: as one lays a card away.
import { useRef } from "preact/hooks";

const FAR_PX = 60;
const STEEP = 0.6; // of the way sideways: more up or down is scrolling

interface Swipe {
  onTouchStart: (event: TouchEvent) => void;
  onTouchEnd: (event: TouchEvent) => void;
}

/** Return what hears a swipe towards the start of the line. */
export function useSwipe(onSwipe: () => void): Swipe {
  const start = useRef<{ x: number; y: number }>(undefined);
  return {
    onTouchStart: ({ touches }) => {
      const [one] = touches;
      start.current = one && touches.length === 1 ? { x: one.clientX, y: one.clientY } : undefined;
    },
    onTouchEnd: (event) => {
      const [one] = event.changedTouches;
      if (!one || !start.current) return;
      const [right, down] = [one.clientX - start.current.x, one.clientY - start.current.y];
      if (right >= -FAR_PX || Math.abs(down) >= STEEP * -right) return;
      event.stopPropagation(); // elsewhere the same swipe changes the tab
      onSwipe();
    },
  };
}
