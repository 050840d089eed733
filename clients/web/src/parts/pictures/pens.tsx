// The eight pens: a person's own colour, a ring round the token with a dash of its own, never a fill. One hex for both
// themes.
import { FACES } from "./faces/face";

export const PENS = ["#C0522F", "#5E8A2C", "#1F8C82", "#3C82C8", "#8A68D8", "#C85C9C", "#9A7650", "#70828A"] as const;

const ROUND = 48; // how long a ring counts as, so that dashes close
const DASHES = ["", "8 4", "4 4", "2 2", "12 4", "10 2 2 2", "6 2", "4 2 2 4"] as const;

/** Return the pen of a seat, from 1: the one that was chosen, else one by the number; who shares a face has another. */
export function penOf(seat: { id: number; pen?: number } | undefined, number = 1): number {
  const place = (seat?.id ?? number) - 1;
  return seat?.pen ?? ((place + Math.floor(place / FACES)) % PENS.length) + 1;
}

/** Return whether a seat is drawn with its pen: somebody has chosen one, or its face alone would not tell it apart. */
export function needsRing(seat: { id: number; pen?: number } | undefined, number = 1): boolean {
  return seat?.pen !== undefined || (seat?.id ?? number) > FACES;
}

/** Return how a circle is drawn with a pen. */
export function strokeOf(pen: number) {
  return { stroke: PENS[pen - 1], pathLength: ROUND, "stroke-dasharray": DASHES[pen - 1] || undefined };
}

export function PenRing({ pen }: { pen: number }) {
  return (
    <svg class="pen-ring" viewBox="0 0 40 40" aria-hidden="true">
      <circle cx="20" cy="20" r="18.5" fill="none" stroke-width="3" {...strokeOf(pen)} />
    </svg>
  );
}
