// The join frames that this browser has sent, by room and name: whoever comes again under the same name from here sends
// the same frame, and is the same person to the server. Never a proof of its own: what it opens, the server decides.
import type { JoinFrame } from "../../protocol/frames";
import { newId } from "../../protocol/outbox";
import { local } from "../../storage";

/** What the server knows a join frame by, beside the name. */
export type Intended = Required<Pick<JoinFrame, "id">> & Pick<JoinFrame, "seat">;

interface Kept {
  at: number;
  joins: { readonly [name: string]: Intended };
}

const MOST_NAMES = 8; // of one room, for a tablet that goes from hand to hand
const MOST_ROOMS = 20;
const START = "ms.join.";

/** Return how somebody of this name joins the room; with another seat it is another intention. */
export function intendedJoin(room: string, name: string, seat?: number): Intended {
  const known = kept(room);
  const before = known[name];
  const join =
    before && (seat === undefined || seat === before.seat) ? before : { id: newId(), ...(seat ? { seat } : {}) };
  const { [name]: _, ...others } = known;
  const joins = Object.fromEntries([...Object.entries(others), [name, join]].slice(-MOST_NAMES));
  local.write(`${START}${room}`, { at: Date.now(), joins } satisfies Kept);
  tidy();
  return join;
}

function kept(room: string): Kept["joins"] {
  return local.read<Kept>(`${START}${room}`)?.joins ?? {};
}

function tidy(): void {
  const found = local.names().filter((name) => name.startsWith(START));
  const age = (name: string): number => local.read<Kept>(name)?.at ?? 0;
  for (const name of found.sort((one, other) => age(other) - age(one)).slice(MOST_ROOMS)) local.remove(name);
}
