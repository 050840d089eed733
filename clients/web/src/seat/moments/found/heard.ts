// The pitch that an investor has heard at the door, and what it knows by it.
import type { Heard } from "../kinds";
import { type Asked, isCloseOf } from "./asked";

export function heard(asked: Asked): Heard[] {
  const { before, lines } = asked;
  if (!isCloseOf("admission", asked)) return [];
  return lines
    .filter(({ text }) => text === "pitch_heard")
    .map(({ values = {} }) => ({
      kind: "heard",
      id: `${before.season}.heard.${values["venture"]}`,
      season: before.season,
      phase: "admission",
      full: false,
      venture: Number(values["venture"]),
      lo: Number(values["lo"]),
      hi: Number(values["hi"]),
    }));
}
