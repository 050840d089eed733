// What the server tells of a run that is over: its energy, network, life, moments and aims for all, and each seat's own
// story; and of seasons that are over, while the next ones are played. The schema leaves the inner fields open; here
// they have their shape.
import type { ByNumber, Maker } from "../../store/entities";
import type { View } from "../../store/view";

export interface Link {
  from: string;
  to: string;
  credits: number;
}

export interface Turn {
  season: number;
  phase: string;
  text: string;
  values: { readonly [name: string]: unknown };
}

export interface Network {
  ties?: ByNumber;
  deals?: ByNumber;
}

export interface Purse {
  start: number;
  in: ByNumber;
  out: ByNumber;
  kept: number;
}

export interface Debrief {
  run: number;
  first_season: number;
  last_season: number;
  curves: { readonly [name: string]: ByNumber };
  survival: { readonly [age: string]: ByNumber };
  energy: { readonly [season: string]: { readonly links: { readonly [key: string]: Link } } };
  network: { readonly [season: string]: Network };
  moments: { readonly [number: string]: Turn };
  aims: { readonly [aim: string]: ByNumber };
}

export interface Story {
  run: number;
  seat: number;
  role: string;
  seasons: { readonly [season: string]: ByNumber };
  money: { readonly [season: string]: Purse };
  turning: { readonly [number: string]: Turn };
  aim: { readonly name?: string; readonly points?: number };
  given: { readonly [seat: string]: ByNumber };
}

/** Return what is told of the last run that is over. */
export function debriefOf(view: View): Debrief | undefined {
  return view.all("debrief").at(-1) as unknown as Debrief | undefined;
}

/** Return a maker's ties as pairs, each with the maker of the lower seat. */
export function pairsOf(maker: Maker): string[] {
  return (maker.ties ?? []).filter((other) => other > maker.seat).map((other) => `${maker.seat}:${other}`);
}

/** Return how many ties there are between makers. */
export function tieCount(view: View): number {
  return view.all("maker").reduce((sum, { ties = [] }) => sum + ties.length, 0) / 2;
}

/** Return the ties that were made before a season. */
export function tiesBefore(view: View, season: number): ReadonlySet<string> {
  const past = view.all("past").filter((each) => each.season < season);
  return new Set(past.flatMap((each) => Object.keys(each.ties ?? {})));
}

/** Return a seat's own story of the last run; it is in nobody else's hand. */
export function storyOf(view: View): Story | undefined {
  return view.all("story").at(-1) as unknown as Story | undefined;
}

const MEASURES = ["credits", "standing", "spirit", "ties", "hours_used", "vitality"];

/** Return what a seat was measured by, season by season, in the order of its table. */
export function measuresOf({ seasons }: Story): string[] {
  return MEASURES.filter((measure) => Object.values(seasons).some((values) => values[measure] !== undefined));
}

/** Return the seasons in which money moved; one that was cut short, without figures, only where there is no other. */
export function seasonsOfMoney(told: Debrief | undefined): number[] {
  const { energy = {}, curves = {} } = told ?? {};
  const moved = seasonsIn(energy).filter((season) => Object.keys(energy[season]?.links ?? {}).length > 0);
  const counted = moved.filter((season) => Object.values(curves).some((curve) => season in curve));
  return counted.length > 0 ? counted : moved;
}

/** Return the seasons of a record in their order. */
export function seasonsIn(record: { readonly [season: string]: unknown }): number[] {
  return Object.keys(record)
    .map(Number)
    .sort((one, other) => one - other);
}
