// Which tenants of an operator were born in matching, and what the government pays the space for them.
import type { Births } from "../kinds";
import { namedHere } from "./appraised";
import { type Asked, isCloseOf } from "./asked";

export function births(asked: Asked): Births[] {
  const { room, before } = asked;
  if (room.role.value !== "operator" || !isCloseOf("matching", asked)) return [];
  const ventures = namedHere(asked, "venture_born", "venture");
  const paid = room.view
    .all("entry")
    .filter((entry) => entry.season === before.season && entry.reason === "birth_grant")
    .reduce((sum, entry) => sum + entry.amount, 0);
  if (ventures.length === 0) return [];
  return [
    {
      kind: "births",
      id: `${before.season}.births`,
      season: before.season,
      phase: "matching",
      full: false,
      ventures,
      paid,
    },
  ];
}
