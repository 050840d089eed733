// A game that is over, seen again: which stops there are, and a room as it stood at one of them. A stop is fetched when
// it is shown; with a seat's token it has that seat's own hand. Nothing can be sent from a room of the past.

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { ask } from "../../../protocol/ask";
import type { Failure, Json, Tree } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { held } from "../../../store/kept/held_seats";
import { Room } from "../../../store/room";
import { need, t } from "../../../texts";
import { replayLength } from "../scenes";

export interface Stop {
  season: number;
  phase: string;
}

interface Shown extends Stop {
  step: number;
  of: number;
  table: Tree;
  hand?: Tree;
}

export interface Past extends Stop {
  step: number;
  room: Room;
  /** Whether this page's seat had its people already; else there is the table alone. */
  isMine: boolean;
}

const KEPT = 8;
const RETRY_MS = 1000;
const known = signal<{ code: string; stops: readonly Stop[] } | undefined>(undefined);

/** Return the stops of this room's replay, once they are there; what comes too early is asked for again. */
export function useStops(): readonly Stop[] | undefined {
  const { code, you } = useRoom();
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const fetchThem = async (): Promise<void> => {
      const answer = await ask(`api/rooms/${code.value}/replay`, tokenOf(code.value, you.peek()?.kind));
      if (isGone) return;
      if (isTooEarly(answer)) again = setTimeout(() => void fetchThem(), RETRY_MS);
      if (!answer?.ok) return;
      const { stops } = (await answer.json()) as { stops: Stop[] };
      known.value = { code: code.value, stops };
      replayLength.value = stops.length;
    };
    void need("debrief");
    if (known.peek()?.code !== code.value) {
      replayLength.value = Infinity; // it was the room's before
      void fetchThem();
    }
    return () => {
      isGone = true;
      clearTimeout(again);
    };
  }, [code.value]);
  return known.value?.code === code.value ? known.value.stops : undefined;
}

/** Say whether to ask again: no network, too fast, or a server that has to wait. */
function isTooEarly(answer: Response | undefined): answer is undefined {
  return !answer || answer.status === 429 || answer.status === 503;
}

function tokenOf(code: string, kind: string | undefined): string | undefined {
  return kind === "seat" || kind === "host" ? held(kind, code)?.token : undefined;
}

/**
 * Return the room at a stop; the one before stays until it has come. What comes too fast or finds no network is asked
 * for again; what cannot be had is told.
 */
export function usePast(step: number): { past?: Past; failure?: Failure } {
  const room = useRoom();
  const code = room.code.value;
  const [past, setPast] = useState<Past>();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const fetchIt = async (): Promise<void> => {
      const found = await stopOf(room, step);
      if (isGone) return;
      if (found === undefined) again = setTimeout(() => void fetchIt(), RETRY_MS);
      else if ("code" in found) setFailure(found);
      else setPast(found);
    };
    setFailure(undefined);
    void need("debrief");
    void fetchIt();
    return () => {
      isGone = true;
      clearTimeout(again);
    };
  }, [code, step]);
  return { ...(past ? { past } : {}), ...(failure ? { failure } : {}) };
}

const fetched = new WeakMap<Room, Map<number, Past>>();

/** Return the room at a stop, why there is none, or nothing where it has to be asked for again. */
async function stopOf(room: Room, step: number): Promise<Past | Failure | undefined> {
  const mine = fetched.get(room) ?? new Map<number, Past>();
  fetched.set(room, mine);
  const before = mine.get(step);
  if (before) return before;
  const code = room.code.peek();
  const answer = await ask(`api/rooms/${code}/replay/${step}`, tokenOf(code, room.you.peek()?.kind));
  if (isTooEarly(answer)) return undefined;
  if (!answer.ok) return ((await answer.json()) as { error: Failure }).error;
  const shown = (await answer.json()) as Shown;
  const past = { ...shown, room: roomOf(room, shown), isMine: shown.hand !== undefined };
  mine.set(step, past);
  for (const oldest of mine.keys()) if (mine.size > KEPT) mine.delete(oldest);
  return past;
}

const OF_PEOPLE = ["name", "face", "pen", "by"];

/** Return the room as it stood, with the people's names and faces of today, and no connection behind it. */
function roomOf(live: Room, { table, hand }: Shown): Room {
  const past = new Room({ type: "watch", room: live.code.peek() });
  past.code.value = live.code.peek();
  past.you.value = hand ? live.you.peek() : { kind: "watcher" };
  past.send = () => Promise.resolve({ ok: false, error: { code: "over", message: t("ui.replay.shut") } });
  const today = (live.view.table["seat"] ?? {}) as { readonly [seat: string]: { readonly [field: string]: Json } };
  const seats = Object.entries((table["seat"] ?? {}) as { readonly [seat: string]: Tree }).map(([seat, fields]) => {
    const person = Object.entries(today[seat] ?? {}).filter(([field]) => OF_PEOPLE.includes(field));
    return [seat, { ...Object.fromEntries(person), ...fields }] as const;
  });
  const over = { room: live.view.table["room"] ?? {}, seat: Object.fromEntries(seats) };
  past.view.replace({ ...table, ...over } as Tree, hand ?? {});
  return past;
}
