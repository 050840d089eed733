// Who hosts the room or the class, by number, as its hosts see it.
import type { Room } from "./room";
import type { View } from "./view";

export const RANKS = ["lead", "assistant", "visitor"] as const;
export type Rank = (typeof RANKS)[number];

export interface Chair {
  number: number;
  rank: Rank;
  name: string;
  isHere: boolean;
  isFounder: boolean;
  /** Hosts the class that the room is a table of: the class's to change. */
  isOfClass: boolean;
}

export function chairsOf(view: View): readonly Chair[] {
  return Object.entries(view.pieces("chair")).map(([number, fields]) => {
    const told = fields as { rank: Rank; name?: string; here?: boolean; founder?: boolean; of_class?: boolean };
    return {
      number: Number(number),
      rank: told.rank,
      name: told.name ?? "",
      isHere: told.here ?? false,
      isFounder: told.founder ?? false,
      isOfClass: told.of_class ?? false,
    };
  });
}

/** Return whether the host of this page only looks: who took part, and by which name, is taken home by the others. */
export function isVisitor({ view, you }: Pick<Room, "view" | "you">): boolean {
  const own = view.pieces("chair")[you.value?.member ?? 0] as { rank?: Rank } | undefined;
  return own?.rank === "visitor";
}

/** Return whether the host of this page may send a command at all; whoever leads may send each, and has no list. */
export function maySend({ view, you }: Pick<Room, "view" | "you">, command: string): boolean {
  const own = view.pieces("chair")[you.value?.member ?? 0] as { may?: readonly string[] } | undefined;
  return own?.may?.includes(command) ?? true;
}
