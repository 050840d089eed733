// What the phase screens share: sealed choices, commands at once, and what a command would change.
import { useState } from "preact/hooks";
import type { Args, Failure, Preview, Tree } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { defaultsOf } from "../../store/legal";
import { type Mine, mine } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { View } from "../../store/view";
import { useAskedAnew } from "./asked_anew";

export interface Sealed {
  /** What counts as things stand: the draft, else what is sealed, else what the server would do. */
  value: Args | undefined;
  /** Whether it is this seat's own choice and not a default. */
  own: boolean;
  failure: Failure | undefined;
  set: (args: Args) => void;
}

/** A choice that is sealed until the phase closes. `about` holds the arguments that tell several of a kind apart. */
export function useSealed(command: string, about: Args = {}, sendItself = true): Sealed {
  const room = useRoom();
  const target = Object.keys(about).length > 0 ? JSON.stringify(about) : "";
  const draft = room.drafts.of(command, target).value;
  const sealed = sealedArgs(room, command, about);
  const fallback = defaultOf(room, command, about);
  return {
    value: draft.args ?? sealed ?? fallback,
    own: draft.args !== undefined || sealed !== undefined,
    failure: draft.error,
    set: (args) => room.drafts.change(command, target, { ...about, ...args }, sendItself),
  };
}

export function sealedArgs(room: Room, command: string, about: Args = {}): Args | undefined {
  const seat = room.seat.value;
  const found = room.view
    .all("choice")
    .filter((choice) => choice.seat === seat && choice.command === command && !choice.by_default);
  return found.map((choice) => matches(choice.args as Args, about)).find((args) => args !== undefined);
}

/** Return what the close does for this seat; where it may send several of a command, the one that is about this. */
function defaultOf(room: Room, command: string, about: Args): Args | undefined {
  return Object.entries(defaultsOf(room.view.hand))
    .filter(([key]) => key === command || key.startsWith(`${command}:`))
    .map(([, args]) => matches(args, about))
    .find((args) => args !== undefined);
}

function matches(args: Args | undefined, about: Args): Args | undefined {
  return args && Object.entries(about).every(([name, value]) => args[name] === value) ? args : undefined;
}

/** Return what this seat has chosen, whether or not it has gone out yet: what is left to choose from rests on it. */
export function chosenArgs(room: Room, command: string, about: Args): Args | undefined {
  return room.drafts.of(command, JSON.stringify(about)).value.args ?? sealedArgs(room, command, about);
}

/** Return what counts of a choice as things stand: what this seat has chosen, else what the close does for it. */
export function countsFor(room: Room, command: string, about: Args): Args | undefined {
  return chosenArgs(room, command, about) ?? defaultOf(room, command, about);
}

export interface Act {
  act: (command: string, args?: Args) => Promise<boolean>;
  failure: Failure | undefined;
}

/**
 * Send a command that takes effect at once, and keep the refusal to show it at its place. Where `entered` says what
 * stands on the page, a refusal is of that alone, and goes as soon as something else is entered.
 */
export function useAct(entered?: Args): Act {
  const room = useRoom();
  const [refused, setRefused] = useState<{ args: string; failure: Failure }>();
  const act = async (command: string, args: Args = {}): Promise<boolean> => {
    const { ok, error } = await room.send(command, args);
    setRefused(error && { args: JSON.stringify(args), failure: error });
    return ok;
  };
  const isPast = entered !== undefined && refused?.args !== JSON.stringify(entered);
  return { act, failure: isPast ? undefined : refused?.failure };
}

export interface Foreseen {
  before: Mine;
  after: Mine;
  view: View;
  /** What the arguments come to, as the command tells it. */
  numbers: { readonly [name: string]: number };
  failure: Failure | undefined;
  /** The state has moved since; what is foreseen now is being asked. */
  isOld: boolean;
}

/** Return what a command would change for this seat, as the server says; undefined until it has answered. */
export function useForesight(command: string, args: Args | undefined): Foreseen | undefined {
  const room = useRoom();
  const schema = room.command(command);
  const about = args && schema ? JSON.stringify([args, schema, mine(room), namedIn(room, args)]) : "";
  const ask = async (): Promise<Omit<Foreseen, "isOld"> | undefined> => {
    const answer = await room.preview(command, args ?? {});
    return answer && foresee(room, answer);
  };
  const { answer, isOld } = useAskedAnew(about, ask, true);
  return answer && { ...answer, isOld };
}

/** Return what the arguments name: a venture, a sheet, a proposal. */
function namedIn(room: Room, args: Args): unknown[] {
  return Object.entries(args).map(([name, key]) =>
    typeof key === "number" ? room.view.find(name as "venture", key) : undefined,
  );
}

function foresee(room: Room, answer: Preview | Failure): Omit<Foreseen, "isOld"> {
  const before = mine(room);
  if ("code" in answer) return { before, after: before, view: room.view, numbers: {}, failure: answer };
  const view = new View();
  view.replace(room.view.table, room.view.hand);
  view.patch(answer.table as Tree | undefined, answer.hand as Tree | undefined);
  const after = mine({ view, seat: room.seat, role: room.role });
  return { before, after, view, numbers: answer.numbers ?? {}, failure: undefined };
}
