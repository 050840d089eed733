// A game of several runs counts its seasons on from run to run, so that none has the number of another; people count
// them anew in each run. Everything that shows a season's number asks here.
import { has, t } from "../texts";
import type { Room } from "./room";
import type { View } from "./view";

/** Return a season's number within its run, from 1. */
export function seasonInRun(view: View, season: number): number {
  return season - (view.single("run").first_season ?? 1) + 1;
}

/** Return which season it is and of how many: `2/4`. */
export function seasonOf(room: Room): string {
  const { season = 0, seasons = 0 } = room.game.value;
  return t("ui.season_of", { season: seasonInRun(room.view, season), seasons: seasonInRun(room.view, seasons) });
}

export function runName(name: string): string {
  const key = `run.${name}`;
  return has(key) ? t(key) : name;
}

/** Return the name of the present run and a blank, or nothing in a game of one run. */
export function runNow(room: Room): string {
  const { name } = room.view.single("run");
  return name ? `${runName(name)} ` : "";
}
