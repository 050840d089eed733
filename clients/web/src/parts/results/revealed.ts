// How far the host has revealed who stands where: what every page has to know after the end, a phone's too. What there
// is to reveal, and in which steps, is in `scenes.ts`.
import type { Language } from "../../prefs";
import { looksAhead } from "../../store/looks_ahead";
import { ROLES } from "../../store/names";
import type { Room } from "../../store/room";
import type { View } from "../../store/view";

export interface Show {
  scene: string;
  step: number;
}

/** What the host has put on the wall, as the table says. */
export interface Shown extends Show {
  curtain?: boolean;
  /** Whether rare moments stay away from the wall; and whether it makes no sound. */
  calm?: boolean;
  silent?: boolean;
  /** The phase whose question for the class stands there. */
  talk?: string;
  /** When the step began from which the scene plays by itself, by the server's clock in milliseconds. */
  since?: number;
  /** How many roles' rankings are open after the end, in their order. */
  opened?: number;
  theme?: "light" | "dark";
  language?: Language;
}

/** The living picture while the game runs, the code before it, the end after it. */
export const GAME = "phase";
/** Who stands where at the end. */
export const RANKING = "ranking";

/** Who stands where so far. */
export const LEADERS = "leaders";

/** What is shown after the end, in the order of a debrief: how it ended, what happened, why; then the rest. */
export const OF_END = [
  "aims",
  RANKING,
  "together",
  "runs",
  "money",
  "network",
  "why",
  "moments",
  "curves",
  "survival",
  "proof",
  "slides",
  "beside",
  "replay",
];

/**
 * Return what is on the wall: the game where the host has shown nothing, and, once it is over, where who led so far was
 * left there.
 */
export function shownOf(view: View): Shown {
  const { scene = GAME, step = 0, ...look } = view.pieces("show") as Partial<Shown>;
  const isPast = scene === LEADERS && view.single("game").status === "over"; // then the ranking alone says who leads
  return isPast ? { ...look, scene: GAME, step: 0 } : { ...look, scene, step };
}

/**
 * Return whether a host is known to lead: closes the phases, has put something on the wall, or ended the game in the
 * middle of a season.
 */
export function isLed(view: View): boolean {
  return view.pieces("room")["pace"] === "host" || Object.keys(view.pieces("show")).length > 0 || isCut(view);
}

/** Return whether the game was ended in the middle of a season: no figures of it were counted. */
export function isCut(view: View): boolean {
  const { season = 1 } = view.single("game");
  return "recap" in view.pieces("module") && !view.find("figures", season);
}

/** Return whether the ranking waits for its host; where nobody is known to lead it is there at once, and whole. */
export function waitsForHost(view: View): boolean {
  return view.single("game").status === "over" && isLed(view);
}

/**
 * Return the number of roles whose ranking is open to the room, in the order of the wall: as many as the host has
 * revealed, whatever is on the wall by now, and all where nothing waits for a host.
 */
export function rolesRevealed(view: View): number {
  const { opened = 0 } = view.pieces("show") as Partial<Shown>;
  return opened >= ROLES.length || !waitsForHost(view) ? Infinity : opened;
}

/** Return whether the ranking still waits for its host. */
export function isRankingKept(view: View): boolean {
  return rolesRevealed(view) !== Infinity;
}

/**
 * Return the number of roles whose ranking this page shows, in the order of the wall: all pages wait while the host
 * still reveals, but for a host who looks ahead.
 */
export function rolesOpen(room: Room): number {
  return room.you.value?.kind === "host" && looksAhead.value ? Infinity : rolesRevealed(room.view);
}

/** Return whether nothing of who stands where is kept back any more. */
export function isResultOpen(room: Room): boolean {
  return rolesOpen(room) === Infinity;
}
