// A what-if room beside its origin, as the server tells it: what differed, and of both rooms what is drawn.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../../../protocol/ask";
import type { Failure, Tree } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { held } from "../../../store/kept/held_seats";
import { View } from "../../../store/view";
import { need, t } from "../../../texts";
import type { Choice } from "../chosen_rules";

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
interface Side {
  room: string;
  table: Tree;
}

export interface Beside extends Told {
  origin: { room: string; view: View };
  fork: { room: string; view: View };
}

const fetched = new Map<string, Beside>();

/** Return a fork beside its origin once it is there, or why it is not. */
export function useBeside(code: string): { beside?: Beside; failure?: Failure } {
  const { you, code: own } = useRoom();
  const [found, setFound] = useState<{ beside?: Beside; failure?: Failure }>({});
  useEffect(() => {
    let isGone = false;
    const kind = you.value?.kind;
    const token = kind === "host" || kind === "seat" ? held(kind, own.value)?.token : undefined;
    void need("debrief");
    void fetchBeside(code, token).then((told) => {
      if (!isGone) setFound(told);
    });
    return () => {
      isGone = true;
    };
  }, [code]);
  return found;
}

async function fetchBeside(code: string, token: string | undefined): Promise<{ beside?: Beside; failure?: Failure }> {
  const before = fetched.get(code);
  if (before) return { beside: before };
  const answer = await ask(`api/rooms/${code}/beside`, token);
  if (!answer) return { failure: { code: "unavailable", message: t("ui.console.lost") } };
  if (!answer.ok) return { failure: ((await answer.json()) as { error: Failure }).error };
  const told = (await answer.json()) as Told & { origin: Side; fork: Side };
  const beside = { ...told, origin: sideOf(told.origin), fork: sideOf(told.fork) };
  if (told.decisions) fetched.set(code, beside); // nothing of it changes any more
  return { beside };
}

function sideOf({ room, table }: Side): { room: string; view: View } {
  const view = new View();
  view.replace(table, {});
  return { room, view };
}
