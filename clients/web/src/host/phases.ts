// Which phases a season has, and what comes after the one that is open.
import { isForSale, proposedIn, toldFirst } from "../parts/results/scenes";
import { optionsOf } from "../store/legal";
import type { Room } from "../store/room";
import { seasonInRun } from "../store/run";
import { has, t } from "../texts";

/** The phases that there are notes for, in the order of a season. */
export const NOTED = ["policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap"];

function phasesOf(room: Room): readonly string[] {
  const told = optionsOf(room.command("host.rewind"), "phase", room.view.hand).map(String);
  return told.length > 0 ? told : NOTED;
}

export interface Following {
  /** Nothing where the run ends. */
  phase?: string;
  isSeason: boolean;
}

/** Return what comes after the phase that is open. */
export function followingOf(room: Room): Following {
  const { phase = "", season = 0, seasons = 0 } = room.game.value;
  const phases = phasesOf(room);
  const next = phases[phases.indexOf(phase) + 1];
  if (next) return { phase: next, isSeason: false };
  const first = phases[0];
  return season < seasons && first ? { phase: first, isSeason: true } : { isSeason: false };
}

/** Return a phase's name as it stands in the middle of a sentence. */
export function inSentence(name: string): string {
  return name.toLocaleLowerCase();
}

/** Return what closing the open phase does, in words: which scene the wall shows then, or what begins. */
export function closeText(room: Room): string {
  const { phase = "", season = 0 } = room.game.value;
  const closes = { phase: inSentence(t(`phase.${phase}`)) };
  const following = followingOf(room);
  if (following.isSeason) return t("ui.host.close.season", { ...closes, season: seasonInRun(room.view, season + 1) });
  if (!following.phase) {
    const { of = 1, number = 1 } = room.view.single("run");
    return t(number < of ? "ui.host.close" : "ui.host.close.end", closes);
  }
  const scene = toldFirst(following.phase);
  const key = `ui.host.scene.${scene}`;
  const isTold = scene && has(key) && isToBeTold(room, scene);
  return isTold ? t("ui.host.close.show", { ...closes, scene: t(key) }) : t("ui.host.close", closes);
}

/**
 * Return whether the close brings what a scene tells of: where nobody has anything to sell, no money comes in; where
 * every maker has a venture, nobody may come in.
 */
function isToBeTold({ view }: Room, scene: string): boolean {
  if (scene === "entries") return view.all("maker").some(({ venture }) => !venture);
  return scene !== "energy" || view.all("venture").some(isForSale);
}

/** Return the scene that tells of what has just closed, where it has something to show. */
export function sceneToTell(room: Room): string | undefined {
  const { phase = "", status } = room.game.value;
  const scene = toldFirst(phase);
  return status === "running" && scene && proposedIn(room).includes(scene) ? scene : undefined;
}
