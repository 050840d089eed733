// A what-if room beside its origin, as the server tells it: what differed, and of both rooms what is drawn.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../../../protocol/ask";
import type { Failure, Tree } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { held } from "../../../store/kept/held_seats";
import { View } from "../../../store/view";
import { need, t } from "../../../texts";
import type { Choice } from "../chosen_rules";
import { isResultOpen } from "../revealed";

export interface Differing {
  phase: string;
  seat: number;
  command: string;
  /** Its arguments in each of the rooms; nothing where it was not chosen there. */
  origin?: Args;
  fork?: Args;
}
export type Args = { readonly [field: string]: unknown };

export interface Counts {
  origin: number;
  fork: number;
  alike: number;
}

interface Told {
  start: { season: number; phase: string };
  /** What was chosen of the rules by name; older servers say nothing of it. */
  chosen?: readonly (Choice & { from?: number })[];
  rules: readonly { path: string; is: unknown; was?: unknown; from?: number }[];
  /** By season and role; only when both games are over. */
  decisions?: { readonly [season: string]: { readonly [role: string]: Counts } };
  /** Single decisions of the first season; told to hosts alone. */
  first?: readonly Differing[];
}

/** Where a game ended; older servers do not say it. */
export interface Ended {
  season: number;
  phase: string;
}

interface OfRoom {
  room: string;
  ended?: Ended;
  /** Its scores are not here: it has not revealed yet who stands where. */
  waits?: boolean;
}

interface Side extends OfRoom {
  table: Tree;
}

export interface Shown extends OfRoom {
  view: View;
}

export interface Beside extends Told {
  origin: Shown;
  fork: Shown;
}

const fetched = new Map<string, Beside>();

/** Return a fork beside its origin once it is there, or why it is not; asked for anew as the ranking is revealed. */
export function useBeside(code: string): { beside?: Beside; failure?: Failure } {
  const room = useRoom();
  const { you, code: own } = room;
  const isOpen = isResultOpen(room);
  const [found, setFound] = useState<{ beside?: Beside; failure?: Failure }>({});
  useEffect(() => {
    let isGone = false;
    const kind = you.value?.kind;
    const token = kind === "host" || kind === "seat" ? held(kind, own.value)?.token : undefined;
    void need("debrief");
    void fetchBeside(code, token, isOpen).then((told) => {
      if (!isGone) setFound(told);
    });
    return () => {
      isGone = true;
    };
  }, [code, isOpen]);
  return found;
}

async function fetchBeside(
  code: string,
  token: string | undefined,
  isOpen: boolean,
): Promise<{ beside?: Beside; failure?: Failure }> {
  const key = `${code} ${isOpen}`;
  const before = fetched.get(key);
  if (before) return { beside: before };
  const answer = await ask(`api/rooms/${code}/beside`, token);
  if (!answer) return { failure: { code: "unavailable", message: t("ui.console.lost") } };
  if (!answer.ok) return { failure: ((await answer.json()) as { error: Failure }).error };
  const told = (await answer.json()) as Told & { origin: Side; fork: Side };
  const beside = { ...told, origin: sideOf(told.origin), fork: sideOf(told.fork) };
  const isWhole = !isOpen || waitingFor(beside).length === 0; // until then the other room may reveal its own
  if (told.decisions && isWhole) fetched.set(key, beside); // nothing of it changes any more
  return { beside };
}

function sideOf({ table, ...told }: Side): Shown {
  const view = new View();
  view.replace(table, {});
  return { ...told, view };
}

/** Return the rooms that have not revealed yet who stands where. */
export function waitingFor({ origin, fork }: Beside): string[] {
  return [origin, fork].filter(({ waits }) => waits).map(({ room }) => room);
}
