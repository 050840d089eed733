// Numbers as people read them: whole, signed where they are a change, shares as a percentage.
import { computed } from "@preact/signals";
import { language, traits } from "../prefs";
import { isolated, withMinus } from "./signs";

export const SHARES_PER_CENT = 100; // a cap table is counted in hundredths of a per cent

// made once for a language: making one costs as much as drawing a card
const written = computed(() => new Intl.NumberFormat(traits(language.value).tag));

/** What the language puts between two words, sentences or parts of one. */
function between(kind: "about" | "comma" | "list" | "sentences"): string {
  return traits(language.value)[kind].slice("{a}".length, -"{b}".length);
}

/** Return whether a field counts parts of a venture: they are read and typed in per cent. */
export function isHolding(field: string): boolean {
  return field === "shares" || field.endsWith("_shares");
}

export function number(value: number): string {
  return withMinus(written.value.format(value));
}

/** Several words or names in a row, with the comma of the language. */
export function listed(words: readonly string[]): string {
  return words.map(isolated).join(between("list"));
}

/** Several sentences in a row, with the space of the language between them. */
export function inARow(sentences: readonly string[]): string {
  return sentences.filter(Boolean).join(between("sentences"));
}

/** What stands between two sentences: a full-width mark has its space in itself. */
export function gap(): string {
  return between("sentences");
}

/** What something is and whom it is about: the title of a sheet, the name of a button. */
export function about(what: string, whom: string): string {
  return `${what}${between("about")}${isolated(whom)}`;
}

/** What stands between two parts of a sentence. */
export function comma(): string {
  return between("comma");
}

export function signed(value: number): string {
  if (value === 0) return "0";
  return `${value > 0 ? "+" : "−"}${number(Math.abs(value))}`;
}

/** Return a holding as a percentage, with a decimal only where there is one. */
export function percent(shares: number): string {
  const whole = shares / SHARES_PER_CENT;
  return withMinus(`${Number.isInteger(whole) ? whole : whole.toFixed(1)}%`);
}

/** Return between what something lies, or the one number that it is. */
export function range(lo: number, hi: number): string {
  return lo === hi ? String(lo) : `${lo}–${hi}`;
}

/** Return a moment as its day and its time, by the clock of this machine. */
export function dateAndTime(ms: number): string {
  const parts = { weekday: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Date(ms).toLocaleString(traits(language.value).tag, parts);
}

export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Return a part of a whole in per cent, rounded to a whole one. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((100 * part) / whole);
}
