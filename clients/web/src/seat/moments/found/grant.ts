// A grant: told to the maker at once, and to the operator when the dice have shown whether it comes back.
import type { Kinds } from "../../../store/entities";
import { parameter } from "../../../store/rules";
import type { Gift } from "../kinds";
import { tillOf } from "../snapshot";
import { type Asked, isCloseOf } from "./asked";

function own({ room, now }: Asked, side: "maker" | "space", season = now.season): Kinds["grant"][] {
  const seat = room.seat.value;
  return room.view.all("grant").filter((grant) => grant.season === season && grant[side] === seat);
}

/** Return the grants that a maker has got. */
export function grants(asked: Asked): Gift[] {
  const { room, before } = asked;
  return own(asked, "maker").map(({ season, venture, space, credits }) => {
    const had = before.tills[venture];
    return {
      kind: "grant",
      id: `${season}.grant.${venture}`,
      season,
      phase: "matching",
      full: false,
      venture,
      space,
      credits,
      outcome: "given",
      back: 0,
      till: had === undefined ? undefined : { before: had, after: tillOf(room, venture) },
    };
  });
}

/** Return what came of the grants of an operator. */
export function grantsBack(asked: Asked): Gift[] {
  const { room, before } = asked;
  if (!isCloseOf("incubation", asked)) return [];
  const times = parameter(room.view, "incubation", "grant_times");
  return own(asked, "space", before.season).map(({ season, venture, space, credits }) => {
    const up = room.view.find("venture", venture)?.moved_up ?? false;
    return {
      kind: "grant",
      id: `${season}.grant_back.${venture}`,
      season,
      phase: "incubation",
      full: false,
      venture,
      space,
      credits,
      outcome: up ? "up" : "still",
      back: up ? times * credits : 0,
      till: undefined,
    };
  });
}
