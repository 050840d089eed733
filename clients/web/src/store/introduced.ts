// What a scenario introduces later, and in which season of the room, as the table names it: commands, phases, fields of
// commands (`send_terms.fee`). What is not named is there from the first.
import type { Room } from "./room";
import type { View } from "./view";

/** Return the seasons in which something comes, the earliest first, each with what comes. */
export function seasonsOfNew(view: View): [number, string[]][] {
  const found = new Map<number, string[]>();
  for (const [name, at] of Object.entries(view.pieces("introduced"))) {
    const season = Number(at);
    if (season > 1) found.set(season, [...(found.get(season) ?? []), name]);
  }
  return [...found].sort(([one], [other]) => one - other);
}

/** Return whether this is the first season of a game that opens season by season: then the fewest words are shown. */
export function isOpening({ game, view }: Room): boolean {
  return (game.value.season ?? 0) <= 1 && seasonsOfNew(view).length > 0;
}

/** Return what comes in this season and this seat may use now. */
export function newNow(room: Room): string[] {
  const { season = 0, phase = "" } = room.game.value;
  const [, names = []] = seasonsOfNew(room.view).find(([comes]) => comes === season) ?? [];
  return names.filter((name) => {
    const [command = "", field] = name.split(".");
    const schema = room.command(command);
    return (
      name === phase || (schema !== undefined && (field === undefined || schema.properties?.[field] !== undefined))
    );
  });
}
