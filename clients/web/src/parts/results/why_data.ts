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
const GRAINS = [100, 10, 1] as const; // in hundredths: whole numbers, tenths, hundredths
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

/** Return whether a moment is still to come: what is shown waits for it. */
export function isWhyToCome(view: View, number: number): boolean {
  const { status = "", of = 0 } = progressOf(view) ?? {};
  return ["waiting", "making"].includes(status) && number <= Math.max(1, of) && !view.find("why", number);
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

/** The numbers of a difference as people read them. */
export interface Told {
  was: string;
  might: string;
  mean: string;
  lo: string;
  hi: string;
}

/**
 * Return the numbers of a difference, rounded to one grain: the coarsest in which the difference is what lies between
 * both sides as they are read, and a sure one's interval leaves out 0. The ends of an interval that holds 0 are each
 * rounded by their own size. So do the pages that the server writes (`differences.py`).
 */
export function told(difference: Difference): Told {
  const grain = isSame(difference) ? usualGrain(difference.was) : grainOf(difference);
  const { was, might } = inGrain(difference, grain);
  const end = (value: number): number => rounded(value, isClear(difference) ? grain : usualGrain(value));
  return {
    was: number(was / 100),
    might: number(might / 100),
    mean: signed((might - was) / 100),
    lo: signed(end(difference.lo) / 100),
    hi: signed(end(difference.hi) / 100),
  };
}

function grainOf(difference: Difference): number {
  const grains = GRAINS.slice(GRAINS.indexOf(usualGrain(difference.mean)));
  const agrees = grains.find((grain) => {
    const { was, might, mean, lo, hi } = inGrain(difference, grain);
    return might - was === mean && !(isClear(difference) && (lo === 0 || hi === 0));
  });
  return agrees ?? 1;
}

function usualGrain(hundredths: number): 100 | 10 {
  return Math.abs(hundredths) >= WHOLE ? 100 : 10;
}

function inGrain({ was, might, mean, lo, hi }: Difference, grain: number) {
  const of = (value: number): number => rounded(value, grain);
  return { was: of(was), might: of(might), mean: of(mean), lo: of(lo), hi: of(hi) };
}

/** A half goes away from 0. */
function rounded(hundredths: number, grain: number): number {
  const size = Math.floor((Math.abs(hundredths) + Math.floor(grain / 2)) / grain) * grain;
  return hundredths < 0 && size > 0 ? -size : size;
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
