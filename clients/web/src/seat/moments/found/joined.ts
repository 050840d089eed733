// Who came into a team: told to the one who joined, to those of the team, and to whoever was turned away.
import type { Joined } from "../kinds";
import { type Asked, isCloseOf } from "./asked";

export function joined(asked: Asked): Joined[] {
  const { room, before, lines } = asked;
  const seat = room.seat.value;
  if (!isCloseOf("admission", asked)) return [];
  return lines.flatMap(({ text, values = {} }): Joined[] => {
    const venture = Number(values["venture"]);
    const isIn = text === "cofounder_joined";
    const maker = isIn ? Number(values["maker"]) : seat; // a refusal is told to the one who asked
    const team = room.view.find("venture", venture);
    const isMine = maker === seat || team?.lead === seat || (team?.cofounders.includes(seat) ?? false);
    if ((!isIn && text !== "join_refused") || !isMine) return [];
    return [
      {
        kind: "joined",
        id: `${before.season}.joined.${venture}.${maker}`,
        season: before.season,
        phase: "admission",
        full: false,
        venture,
        maker,
        isIn,
        shares: isIn ? Number(values["shares"] ?? 0) : 0,
      },
    ];
  });
}
