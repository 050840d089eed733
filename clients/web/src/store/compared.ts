// The tables of a class beside each other, as the server tells it once all of them are over.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../protocol/ask";
import type { Failure } from "../protocol/frames";
import { t } from "../texts";

export interface ComparedTable {
  table: number;
  room: string;
  scenario: string;
  seats: number;
  seasons: number;
  decided: { person: number; bot: number; default: number };
  figures: { [name: string]: number };
  /** How far from the other tables, in units of how far alike tables of bots spread. */
  apart?: { [name: string]: number };
  rules?: readonly { path: string; is: unknown; usual: unknown }[];
  did?: readonly { role: string; command: string; each: number; others: number }[];
}

/** The means of a class's tables of one scenario and length, and of three or more the ends of a 95 % interval. */
export interface ComparedGroup {
  code: string;
  name: string;
  tables: number;
  scenario: string;
  seasons: number;
  /** In what most of them were played otherwise than most tables of the class that is looked at. */
  rules?: readonly { path: string; is: unknown; usual: unknown }[];
  figures: { [name: string]: readonly number[] };
}

export interface Compared {
  /** Which of the class's games it is of, where there are several and these are not all. */
  game?: number;
  figures: readonly string[];
  tables: readonly ComparedTable[];
  named: readonly { table: number; figure: string; distance: number }[];
  can_name: boolean;
  /** Why there are no games of bots to hold these tables against; empty where there are. */
  not_measured: "" | "scenario" | "seasons" | "rules" | "naming";
  /** Where it is for the seasons: how many were played, and how many were measured. */
  lengths?: readonly [number, number];
  groups: readonly ComparedGroup[];
  usual?: { games: number; seats: number; figures: { [name: string]: readonly [number, number, number] } };
}

/** In the place of a game's number: the latest that has been played, and all of them together. */
export const LATEST_GAME = 0;
export const ALL_GAMES = -1;

/** Return where the comparison of a class's game lies, or that of all games: as JSON, or as a file. */
export function comparisonOf(code: string, beside: readonly string[] = [], file = "", game = LATEST_GAME): string {
  const asked = [
    ...(beside.length > 0 ? [`with=${beside.map(encodeURIComponent).join(",")}`] : []),
    ...(game === LATEST_GAME ? [] : [`game=${game === ALL_GAMES ? "all" : game}`]),
  ].join("&");
  return `api/classes/${code}/compare${file ? `/${file}` : ""}${asked ? `?${asked}` : ""}`;
}

/** Return the codes in what somebody has typed or pasted: codes, or links of consoles, walls, doors and debriefs. */
export function codesIn(typed: string): readonly string[] {
  const words = typed.split(/[\s,，、;；]+/).filter(Boolean);
  const codes = words.map((word) => /#\/(?:class|c|s|j|d|r)\/([^/?]+)/.exec(word)?.[1] ?? word);
  return [...new Set(codes.map((code) => code.toUpperCase()))];
}

/** Return the figures that tell most: of the tables that are named, then those in which some table lies furthest. */
export function telling({ figures, named, tables }: Compared, most: number): readonly string[] {
  const far = (name: string): number => Math.max(0, ...tables.map(({ apart }) => Math.abs(apart?.[name] ?? 0)));
  const order = [...figures].sort((one, other) => far(other) - far(one));
  const chosen = [...new Set([...named.map(({ figure }) => figure), ...order])].slice(0, most);
  return figures.filter((name) => chosen.includes(name));
}

export interface Fetched {
  compared?: Compared;
  failure?: Failure;
}

export function useCompared(
  code: string,
  token: string | undefined,
  beside: readonly string[] = [],
  game = LATEST_GAME,
): Fetched {
  const [found, setFound] = useState<Fetched>({});
  const asked = comparisonOf(code, beside, "", game);
  useEffect(() => {
    let isGone = false;
    void fetched(asked, token).then((answer) => {
      if (!isGone) setFound((before) => ({ ...before, failure: undefined, ...answer }) as Fetched);
    });
    return () => {
      isGone = true;
    };
  }, [asked, token]);
  return found;
}

async function fetched(path: string, token: string | undefined): Promise<Fetched> {
  const answer = await ask(path, token);
  if (!answer) return { failure: { code: "unavailable", message: t("ui.console.lost") } };
  if (!answer.ok) return { failure: ((await answer.json()) as { error: Failure }).error };
  return { compared: (await answer.json()) as Compared };
}
