// Whose hand met this seat's: told in a line to both, and kept in both stories.
import type { Handshake } from "../kinds";
import type { Asked } from "./asked";

export function handshakes({ lines, before }: Asked): Handshake[] {
  return lines
    .filter(({ text }) => text === "shook_hands")
    .map(({ values = {} }) => Number(values["seat"]))
    .map((whom) => ({
      kind: "handshake",
      id: `${before.season}.${before.phase}.hand.${whom}`,
      season: before.season,
      phase: before.phase,
      full: false,
      whom,
    }));
}
