// What a stall of each sector sells, as one drawing on its counter, whose top is at 0: a bowl, a bulb, a first-aid box,
// an open book, a bicycle, a mask.
import type { ComponentChildren } from "preact";

const GOODS: { readonly [sector: string]: ComponentChildren } = {
  food: (
    <>
      <path class="paper" d="M-46 -40H46Q44 -4 16 0H-16Q-44 -4 -46 -40Z" />
      <path class="outline" d="M-18 -48q-8 -8 0 -18M0 -48q-8 -8 0 -18M18 -48q-8 -8 0 -18" />
    </>
  ),
  energy: (
    <>
      <path class="paper" d="M-14 -24Q-34 -38 -28 -56A29 29 0 0 1 28 -56Q34 -38 14 -24Z" />
      <path class="outline" d="M-12 -24H12V-8H-12ZM-12 -16H12M-6 -2H6M-8 -26L-12 -48L0 -40L12 -48L8 -26" />
      <path class="outline" d="M-58 -52H-46M46 -52H58M-50 -20L-40 -28M50 -20L40 -28" />
    </>
  ),
  health: (
    <>
      <path class="outline" d="M-16 -56V-68H16V-56" />
      <rect class="paper" x="-46" y="-56" width="92" height="56" rx="8" />
      <path class="outline" d="M-7 -46H7V-35H18V-21H7V-10H-7V-21H-18V-35H-7Z" />
    </>
  ),
  learning: (
    <>
      <path class="paper" d="M0 -4Q-26 -18 -56 -8V-60Q-26 -70 0 -54Q26 -70 56 -60V-8Q26 -18 0 -4Z" />
      <path
        class="outline"
        d="M0 -54V-4M-44 -46Q-28 -51 -12 -43M-44 -30Q-28 -35 -12 -27M44 -46Q28 -51 12 -43M44 -30Q28 -35 12 -27"
      />
    </>
  ),
  city: (
    <>
      <circle class="paper" cx="-36" cy="-24" r="23" />
      <circle class="paper" cx="36" cy="-24" r="23" />
      <path
        class="outline"
        d="M-36 -24L-16 -58H22L36 -24M-16 -58L2 -24H-36M2 -24L22 -58L18 -68H32M-26 -64H-8M-16 -58L-18 -64"
      />
    </>
  ),
  culture: (
    <>
      <path class="paper" d="M-42 -66Q0 -80 42 -66V-40Q40 -4 0 0Q-40 -4 -42 -40Z" />
      <path class="outline" d="M-28 -46q9 -10 18 0M10 -46q9 -10 18 0M-20 -26Q0 -4 20 -26" />
    </>
  ),
};

/** The good of a sector; one that has none lays out nothing. */
export function Good({ sector }: { sector: string }) {
  return <>{GOODS[sector]}</>;
}
