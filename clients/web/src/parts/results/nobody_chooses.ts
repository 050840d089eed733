// Whether the open phase asks anybody for anything.
import type { Room } from "../../store/room";
import { modulesOf } from "../../store/rules";

/** Return whether the open phase asks nobody for a choice, so that its close does nothing for anybody. */
export function nobodyChooses({ view, game }: Pick<Room, "view" | "game">): boolean {
  return game.value.phase === "recap" && modulesOf(view, "recap").every((module) => module === "recap");
}
