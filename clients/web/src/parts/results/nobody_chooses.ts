// Whether the open phase asks anybody for anything, and whom it waits for.
import { stillChoosing } from "../../store/presence";
import type { Room } from "../../store/room";
import { modulesOf } from "../../store/rules";

/** Return whether the open phase asks nobody for a choice, so that its close does nothing for anybody. */
export function nobodyChooses({ view, game }: Pick<Room, "view" | "game">): boolean {
  return game.value.phase === "recap" && modulesOf(view, "recap").every((module) => module === "recap");
}

/** Return how many people the open phase waits for: where nobody chooses and a host or the clock closes it, nobody. */
export function waitedFor(room: Pick<Room, "view" | "game">): number {
  const pace = room.view.pieces("room")["pace"] ?? "self";
  return nobodyChooses(room) && pace !== "self" ? 0 : stillChoosing(room.view).length;
}
