// Whose hand met this seat's: told in a line to both, and kept in both stories.
import type { Handshake } from "../kinds";
import type { Asked } from "./asked";

export function handshakes({ lines, now }: Asked): Handshake[] {
  return lines
    .filter(({ text }) => text === "shook_hands")
    .map(({ values = {} }) => Number(values["seat"]))
    .map((whom) => ({
      kind: "handshake",
      id: `${now.season}.${now.phase}.hand.${whom}`,
      season: now.season,
      phase: now.phase,
      full: false,
      whom,
    }));
}
