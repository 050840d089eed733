// A season that the host has made the last.
import type { Room } from "../../store/room";

/** Whether the host has said that the game ends after this season. */
export function lastByHost({ view, game }: Pick<Room, "view" | "game">): boolean {
  const { season, status } = game.value;
  return status === "running" && season !== undefined && view.pieces("room")["last_season"] === season;
}
