// What the season's work brought the tenants of an operator's space: who had hours of its workshop, who moved on.
import { isAlive } from "../../../store/own_seat";
import type { Tenants } from "../kinds";
import { type Asked, isCloseOf } from "./asked";

export function tenants(asked: Asked): Tenants[] {
  const { room, before, lines } = asked;
  if (room.role.value !== "operator" || !isCloseOf("incubation", asked)) return [];
  const given = new Map<number, number>();
  for (const { text, values } of lines) {
    if (text !== "workshop_given" || values?.["space"] !== room.seat.value) continue;
    const venture = Number(values["venture"]);
    given.set(venture, (given.get(venture) ?? 0) + Number(values["hours"]));
  }
  const here = room.view.all("venture").filter((venture) => isAlive(venture) && venture.space === room.seat.value);
  if (here.length === 0) return [];
  const worked = here.map((venture) => ({
    venture: venture.id,
    hours: given.get(venture.id) ?? 0,
    rolled: (venture.dice?.length ?? 0) > 0,
    won: venture.moved_up === true && (venture.dice?.length ?? 0) > 0,
    stage: venture.stage,
  }));
  return [
    {
      kind: "tenants",
      id: `${before.season}.tenants`,
      season: before.season,
      phase: "incubation",
      full: false,
      worked: worked.sort((one, other) => other.hours - one.hours || Number(other.won) - Number(one.won)),
    },
  ];
}
