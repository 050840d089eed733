// The ids of the join frames that this browser has sent, by room and name: whoever comes again under the same name from
// here sends the same id, and is the same person to the server. Never decides what it opens: the server does.
import { newId } from "../../protocol/outbox";
import { local } from "../../storage";

interface Kept {
  at: number;
  ids: { readonly [name: string]: string };
}

const MOST_NAMES = 8; // of one room, for a tablet that goes from hand to hand
const MOST_ROOMS = 20;
const START = "ms.join.";

/** Return the id with which somebody of this name joins the room from here. */
export function joinId(room: string, name: string): string {
  const { [name]: id = newId(), ...others } = local.read<Kept>(`${START}${room}`)?.ids ?? {};
  const ids = Object.fromEntries([...Object.entries(others), [name, id]].slice(-MOST_NAMES));
  local.write(`${START}${room}`, { at: Date.now(), ids } satisfies Kept);
  tidy();
  return id;
}

function tidy(): void {
  const found = local.names().filter((name) => name.startsWith(START));
  const age = (name: string): number => local.read<Kept>(name)?.at ?? 0;
  for (const name of found.sort((one, other) => age(other) - age(one)).slice(MOST_ROOMS)) local.remove(name);
}
