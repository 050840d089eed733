// What can be shown on the wall beside the game itself, in which order, and in how many steps each is revealed. The
// host's thumb goes through it: `next` and `previous` say what `host.show` is to be sent. Nothing here moves by itself.

import { signal } from "@preact/signals";
import type { Venture } from "../../store/entities";
import { lessonOf } from "../../store/lesson";
import { ROLES } from "../../store/names";
import type { Room } from "../../store/room";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { type Slide, slidesIn } from "../slides/deck";
import { groupsOf } from "./curve_groups";
import { debriefOf, seasonsOfMoney, type Turn } from "./debrief_data";
import { entriesOf, entrySteps } from "./entries";
import { GAME, isLed, isRankingKept, LEADERS, OF_END, RANKING, rolesRevealed, type Show, shownOf } from "./revealed";
import { isWhyToCome, progressOf, whyCount } from "./why_data";

export {
  GAME,
  isRankingKept,
  isResultOpen,
  RANKING,
  rolesOpen,
  rolesRevealed,
  type Show,
  type Shown,
  shownOf,
  waitsForHost,
} from "./revealed";

/** The code and the QR once more in full. */
export const WAY_IN = "lobby";

/** What this is, in six pictures, before the start. */
export const OPENING = "opening";
/** The lesson as slides: before the start, and after the end. */
export const SLIDES = "slides";
/** What each of its pictures is about, in their order. */
export const BEATS = ["place", "matching", "energy", "metabolism", "roles", "stake"] as const;
export type Beat = (typeof BEATS)[number];

const BEFORE_IT = [OPENING, SLIDES];

/** The game that is over, seen again phase by phase: led when the host says so, and never merely next. */
export const REPLAY = "replay";

/** Moments that are told one by one, as they are made. */
const WHY = "why";

/** A what-if room beside its origin. */
const BESIDE = "beside";
const NEVER_NEXT = [BESIDE, REPLAY];

/** What the end opens: it does not in a what-if room whose origin was still played. */
const OPENED = [RANKING, "proof", REPLAY];

/** Return whether the end of a room opens nothing: it is a what-if, and the game that it came from was still played. */
export function isSealed(view: View): boolean {
  return Boolean(view.pieces("room")["sealed"]);
}

/** How many stops the replay has; Infinity until a page has asked. */
export const replayLength = signal(Infinity);

/** What a page has been told: the table as it is, and the lines of its log. */
type Told = Pick<Room, "view" | "log">;

const ENTRIES = "entries";
const OF_SEASON = ["world", ENTRIES, "ties", "deals", "dice", "energy", "exits", "indices", LEADERS];

/** What a phase tells of: mostly of what the phase before has brought; a recap of the season, but for its money. */
const TOLD_IN: { readonly [phase: string]: readonly string[] } = {
  policy: ["world"],
  admission: ["world"],
  exchange: [ENTRIES],
  matching: ["ties"],
  incubation: ["deals"],
  market: ["dice"],
  appraisal: ["energy"],
  recap: ["exits", "indices", LEADERS],
};

/** How many deals or moments come at a time, and in how many steps at most. */
export const A_STEP = { deals: 4, moments: 1 } as const;
const MOST_STEPS = { deals: 3 } as const;
const MOST_MOMENTS = 8;

/** Return the scenes that there are now, in their order. */
export function scenesOf(room: Told): readonly string[] {
  const { view } = room;
  const { status } = view.single("game");
  if (status === "over") {
    const closed = isSealed(view) ? OPENED : [];
    return OF_END.filter((scene) => isThere(room, scene) && !closed.includes(scene));
  }
  return status === "running"
    ? OF_SEASON.filter((scene) => isThere(room, scene))
    : BEFORE_IT.filter((scene) => isThere(room, scene));
}

/** Return the scenes that are proposed now: after the end all of them, before it those of what has just closed. */
export function proposedIn(room: Told): readonly string[] {
  const { status, phase = "" } = room.view.single("game");
  const there = scenesOf(room);
  if (status !== "running") return there.filter((scene) => !NEVER_NEXT.includes(scene));
  const told = TOLD_IN[phase];
  return told ? there.filter((scene) => told.includes(scene)) : there;
}

/** Return the scene that a phase begins with, of what the phase before has brought; a season begins with its own. */
export function toldFirst(phase: string): string | undefined {
  return phase === "policy" ? undefined : TOLD_IN[phase]?.[0];
}

function isThere(room: Told, scene: string): boolean {
  return scene === ENTRIES ? entryStepsOf(room) > 0 : (THERE[scene]?.(room.view) ?? true);
}

// scenes that may have nothing to show: a season that has just begun, or a game that was ended in its first one
const THERE: { readonly [scene: string]: (view: View) => boolean } = {
  world: (view) => Boolean(view.single("world").policy),
  ties: (view) => view.all("maker").some((maker) => (maker.ties ?? []).length > 0),
  deals: (view) => dealsOf(view).length > 0,
  dice: (view) => rolledOf(view).length > 0,
  energy: (view) => view.all("flow").some((flow) => flow.reason === "sales"), // till then grants and fees go round
  exits: (view) => closedOf(view).length > 0,
  indices: (view) => view.all("figures").length > 0,
  leaders: (view) => view.all("score").some((score) => score.standings.length > 0),
  runs: (view) => view.all("result").filter((run) => !run.practice).length > 1,
  together: (view) => view.all("figures").length > 0,
  money: (view) => debriefOf(view) === undefined || seasonsOfMoney(debriefOf(view)).length > 0,
  curves: (view) => groupsOf(view).length > 0,
  survival: (view) => Object.keys(debriefOf(view)?.survival ?? {}).length > 0,
  network: (view) => debriefOf(view) !== undefined,
  moments: (view) => turnsOf(view).length > 0,
  why: isWhyThere,
  beside: (view) => Boolean(view.pieces("room")["origin"]),
  [SLIDES]: (view) => slidesOf(view).length > 0,
  aims: (view) => view.all("maker").some((maker) => maker.ambition),
};

/** Return the slides that a room has now; none until its lesson is here. */
export function slidesOf(view: View): readonly Slide[] {
  const { scenario = "", status } = view.single("game");
  const lesson = lessonOf(scenario);
  return lesson ? slidesIn(lesson, status) : [];
}

/** Return whether it is told why, or will be. */
export function isWhyThere(view: View): boolean {
  const progress = progressOf(view);
  return whyCount(view) > 0 || (progress !== undefined && progress.status !== "whole" && progress.status !== "failed");
}

const ABOUT_ONE = ["badge_lost", "broken_match"]; // the wall names ventures, never who fell short

/** Return whether a moment is told on the wall. */
export function isForAll(text: string): boolean {
  return !ABOUT_ONE.includes(text);
}

function turnsOf(view: View): Turn[] {
  return Object.values(debriefOf(view)?.moments ?? {}).filter((turn) => isForAll(turn.text));
}

/** Return in how many steps a scene is revealed, at least one. */
export function stepsOf(room: Told, scene: string): number {
  return Math.max(1, scene === ENTRIES ? entryStepsOf(room) : (STEPS[scene]?.(room.view) ?? 1));
}

const ROLES_AND_ALL = ROLES.length + 1; // a podium for each role, then all of them side by side

const STEPS: { readonly [scene: string]: (view: View) => number } = {
  [OPENING]: () => BEATS.length,
  [SLIDES]: (view) => slidesOf(view).length,
  deals: (view) => paged("deals", dealsOf(view).length),
  dice: (view) => (rolledOf(view).some((venture) => venture.moved_up) ? 2 : 1), // they fall, then who moved up
  leaders: () => 3,
  ranking: () => ROLES_AND_ALL,
  money: (view) =>
    debriefOf(view) ? seasonsOfMoney(debriefOf(view)).length : seasonInRun(view, view.single("game").season ?? 1),
  curves: (view) => groupsOf(view).length,
  network: (view) => seasonInRun(view, view.single("game").season ?? 1),
  moments: (view) => Math.min(MOST_MOMENTS, turnsOf(view).length),
  why: whyCount,
  aims: () => 2,
  proof: () => 2,
  beside: (view) => 1 + groupsOf(view).length,
  replay: () => replayLength.value,
};

function paged(scene: keyof typeof MOST_STEPS, things: number): number {
  return Math.min(MOST_STEPS[scene], Math.ceil(things / A_STEP[scene]));
}

/** Return how many of some things a step shows; the last step shows as many as the steps before it did. */
export function shownAt(step: number, things: number, atATime: number): number {
  return Math.min(things, (step + 1) * atATime);
}

function entryStepsOf(room: Told): number {
  return entrySteps(entriesOf(room)).length;
}

export function dealsOf(view: View) {
  const { season } = view.single("game");
  return view.all("deal").filter((deal) => deal.season === season);
}

/** Return the ventures that have closed this season. */
export function closedOf(view: View) {
  const { season } = view.single("game");
  return view.all("venture").filter((venture) => venture.closed && venture.closed_season === season);
}

/**
 * Return the ventures that have rolled this season; those that closed earlier keep the dice of their last one, and in
 * policy the others still show those of the season before.
 */
export function rolledOf(view: View) {
  const { season, phase } = view.single("game");
  if (phase === "policy") return [];
  return view
    .all("venture")
    .filter((venture) => (venture.dice?.length ?? 0) > 0 && (!venture.closed || venture.closed_season === season));
}

const PILOT = 2; // the first stage at which anything is sold

/** Return whether a venture has anything to sell. */
export function isForSale({ born, closed, stage }: Venture): boolean {
  return born && !closed && stage >= PILOT;
}

/** Return whether the end, as the wall shows it before a host shows anything, is the whole ranking. */
export function isWholeAtEnd(room: Told): boolean {
  const { view } = room;
  const isOver = view.single("game").status === "over";
  return isOver && !isLed(view) && !isSealed(view) && !scenesOf(room).includes("runs");
}

/**
 * Return what comes after something, or what is shown now: the rest of it, then what else is proposed, and nothing
 * after the last, or while what is shown is still being made.
 */
export function next(room: Told, shown: Show = shownOf(room.view)): Show | undefined {
  const proposed = proposedIn(room);
  const { scene, step } =
    // nothing is hidden again
    shown.scene === GAME && isWholeAtEnd(room) ? { scene: RANKING, step: stepsOf(room, RANKING) - 1 } : shown;
  if (scene === WHY && isWhyToCome(room.view, step + 1) && !isRankingKept(room.view)) return undefined;
  if (scenesOf(room).includes(scene) && step + 1 < stepsOf(room, scene)) return { scene, step: step + 1 };
  const following = NEVER_NEXT.includes(scene) ? undefined : proposed[proposed.indexOf(scene) + 1];
  return following ? { scene: following, step: 0 } : undefined;
}

/**
 * Return what came before what is shown, at its step or the one that it plays; before the first scene there is the game
 * itself.
 */
export function previous(room: Told, at?: number): Show | undefined {
  const { scene, step: held } = shownOf(room.view);
  const step = at ?? held;
  if (scene === GAME) return undefined;
  if (step > 0 && scenesOf(room).includes(scene)) return { scene, step: Math.min(step, stepsOf(room, scene)) - 1 };
  const proposed = proposedIn(room);
  const earlier = proposed.slice(0, Math.max(0, proposed.indexOf(scene))).reverse();
  return earlier.map((each) => backTo(room, each)).find(Boolean) ?? { scene: GAME, step: 0 };
}

/** Return a scene as one comes back to it: whole, or as much as is open; none where that opened more of who leads. */
function backTo(room: Told, scene: string): Show | undefined {
  const whole = { scene, step: stepsOf(room, scene) - 1 };
  if (!isRankingKept(room.view)) return whole;
  if (scene === RANKING) {
    const open = rolesRevealed(room.view);
    return open > 0 ? { scene, step: open - 1 } : undefined;
  }
  return OF_END.indexOf(scene) > OF_END.indexOf(RANKING) ? undefined : whole;
}
