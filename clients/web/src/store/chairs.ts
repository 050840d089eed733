// Who hosts the room or the class, by number, as its hosts see it.
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
