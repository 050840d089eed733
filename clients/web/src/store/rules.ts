// Which rule modules this run is played by, and their parameters, as the table names them; no rule is known here.
import type { Room } from "./room";
import type { View } from "./view";

/** Return the modules of a phase, those for money before those for hours. */
export function modulesOf(view: View, phase: string): string[] {
  const all = Object.entries(view.pieces("module")).flatMap(([name, fields]) =>
    (fields as { phase?: string }).phase === phase ? [name] : [],
  );
  const place = (name: string): number => WAYS.findIndex((way) => way.module === name);
  return all.sort((one, other) => place(one) - place(other));
}

/** Return what the modules of a phase ask of screens: their `main` commands, or the kinds that the `wall` shows. */
export function askedOf(view: View, phase: string, what: "main" | "wall"): string[] {
  return modulesOf(view, phase).flatMap((name) => String(view.find("module", name)?.[what] ?? "").match(/\S+/g) ?? []);
}

export function plays(view: View, module: string): boolean {
  return view.find("module", module) !== undefined;
}

/** Return a parameter of a module; 0 where it has none of that name. */
export function parameter(view: View, module: string, name: string): number {
  return Number(view.find("module", module)?.[name] ?? 0);
}

/** Return what a package of a good holds, in credits or hours. */
export function packageOf(view: View, good: Good): number {
  return parameter(view, "world", good === "money" ? "birth_credits" : "package_hours");
}

export type Good = "money" | "hours";

/** A way of matching: a module, what it matches, and the command by which a seat of a role says its part in it. */
export interface Way {
  module: string;
  good: Good;
  maker: string;
  investor: string;
}

// what each module of matching is for; negotiation is for both where nothing else is for hours
const WAYS: readonly Way[] = [
  { module: "negotiation", good: "money", maker: "set_floor", investor: "send_terms" },
  { module: "clearinghouse_capital", good: "money", maker: "rank_capital", investor: "rank_capital" },
  { module: "auction", good: "money", maker: "call_auction", investor: "bid" },
  { module: "planner_capital", good: "money", maker: "take_part_capital", investor: "take_part_capital" },
  { module: "clearinghouse", good: "hours", maker: "rank", investor: "rank" },
  { module: "auction_hours", good: "hours", maker: "call_auction_hours", investor: "bid_hours" },
  { module: "planner", good: "hours", maker: "take_part", investor: "take_part" },
];

/** Return the ways of matching that are played, money first. */
export function waysOf({ view }: Pick<Room, "view">): Way[] {
  return WAYS.filter((way) => plays(view, way.module));
}
