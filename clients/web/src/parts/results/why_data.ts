// Why a game went as it did, as the server tells it: moments as they come, and how far the telling is. Numbers of
// differences are hundredths.
import type { Why } from "../../store/entities";
import { valueName, ventureName, wholeName } from "../../store/names";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { t } from "../../texts";
import { number, signed } from "../../texts/numbers";

export type { Why };
export type Difference = Why["differences"][number];

const WHOLE = 1_000; // hundredths from which on a decimal says nothing
const OTHERWISE: { readonly [field: string]: string } = { other_price: "price" };

/** Return how far the telling is; nothing where nobody tells. */
export function progressOf(view: View): { status: string; of: number } | undefined {
  const { status, of = 0 } = view.pieces("why_progress") as { status?: string; of?: number };
  return status ? { status, of } : undefined;
}

/** Return the moments that have been told, in order of time. */
export function whysOf(view: View): Why[] {
  return [...view.all("why")].sort((one, other) => one.number - other.number);
}

/** Return how many moments there are or will be, as far as is known. */
export function whyCount(view: View): number {
  return Math.max(progressOf(view)?.of ?? 0, whysOf(view).length);
}

/** Return when a moment was. */
export function whenOf(view: View, { season, phase }: Why): string {
  return t("ui.when", { season: seasonInRun(view, season), phase: t(`phase.${phase}`) });
}

/** Return a sentence with its names and numbers. */
export function said(view: View, { text, values }: Why["cause"]): string {
  const named = Object.entries(values).map(([name, value]) => [
    name,
    name === "season" ? seasonInRun(view, Number(value)) : valueName(view, OTHERWISE[name] ?? name, value, wholeName),
  ]);
  return t(`moment.${text}`, Object.fromEntries(named));
}

/** Return what differs, in words. */
export function whatOf(view: View, { venture }: Why, { what, seat }: Difference): string {
  return t(`moment.why.what.${what}`, { venture: ventureName(view, venture), seat: wholeName(view, seat) });
}

/** Return whether the interval leaves out 0, so that the fact is likely to have made the difference. */
export function isClear({ lo, hi }: Difference): boolean {
  return lo > 0 || hi < 0;
}

/** Return whether it came out alike in each future. */
export function isSame({ lo, hi }: Difference): boolean {
  return lo === 0 && hi === 0;
}

/** Return what differs: what is clear first, then what differs most for its size, what never differs last. */
export function ordered({ differences }: Why): Difference[] {
  const weight = (each: Difference): number =>
    isSame(each) ? -1 : Number(isClear(each)) + Math.abs(each.mean) / (1 + Math.max(Math.abs(each.was), each.might));
  return [...differences].sort((one, other) => weight(other) - weight(one));
}

/** Return a number of hundredths as people read it, with a decimal only where it says something. */
export function told(hundredths: number): string {
  return number(rounded(hundredths));
}

/** The same as a change. */
export function toldChange(hundredths: number): string {
  return signed(rounded(hundredths));
}

/** A half goes away from 0, as on the pages that the server writes (`differences.py`). */
function rounded(hundredths: number): number {
  const size = Math.abs(hundredths);
  const value = size >= WHOLE ? Math.floor((size + 50) / 100) : Math.floor((size + 5) / 10) / 10;
  return hundredths < 0 && value > 0 ? -value : value;
}

/** Where things lie on the scale of a picture, each in per cent of its width. */
export interface Lengths {
  zero: number;
  was: number;
  might: number;
  lo: number;
  hi: number;
}

/** How far some things go at most, and they never go below 0: futures of a hundred, and stages. */
const MOST: { readonly [what: string]: number } = { born: 10_000, lives: 10_000, stage: 300 };

/** Return how a difference is drawn: both on one scale, with the interval around what might have been. */
export function lengthsOf({ what, was, might, lo, hi }: Difference): Lengths {
  const ends = [was + lo, was + hi];
  const bound = MOST[what];
  const least = bound ? 0 : Math.min(0, was, might, ...ends);
  const most = bound ?? Math.max(1, was, might, ...ends);
  const at = (value: number): number => (100 * (Math.min(Math.max(value, least), most) - least)) / (most - least);
  return { zero: at(0), was: at(was), might: at(might), lo: at(was + lo), hi: at(was + hi) };
}
