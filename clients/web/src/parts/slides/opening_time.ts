// Which picture of the opening scene is shown now: worked out by each page from the moment that the table names, so
// that all walls and consoles show the same without a word between them.
import type { Room } from "../../store/room";
import { tick } from "../../store/time";
import { BEATS, OPENING, shownOf } from "../results/scenes";

export const BEAT_MS = 15_000;

export interface OpeningNow {
  step: number;
  /** Whether it goes on by itself. */
  plays: boolean;
}

/** Return which picture a room shows now; nothing where it shows another scene, or has shown the last one. */
export function openingNow({ view, clock }: Pick<Room, "view" | "clock">): OpeningNow | undefined {
  const { scene, step, since } = shownOf(view);
  if (scene !== OPENING || view.single("game").status !== "lobby") return undefined;
  if (!since) return { step: Math.min(step, BEATS.length - 1), plays: false };
  void tick.value;
  const passed = Math.floor(((clock.now() ?? since) - since) / BEAT_MS);
  const at = step + Math.max(0, passed);
  return at < BEATS.length ? { step: at, plays: true } : undefined;
}
