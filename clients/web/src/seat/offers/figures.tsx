// What the terms of an offer come to, line by line. All numbers are the server's, of its preview; until it has answered
// a dash stands in their place, so that nothing moves under a finger.
import type { ComponentChildren } from "preact";
import { t, tn } from "../../texts";
import { number, percent } from "../../texts/numbers";
import "./offers.css";

export type Numbers = { readonly [name: string]: number };

export const NONE = "–";

/** Lines that tell of what was asked before are greyed until the answer is there. */
export function linesClass(foreseen: { isOld: boolean } | undefined): string {
  return foreseen?.isOld ? "terms-lines old" : "terms-lines";
}

export function Line({ name, children }: { name: ComponentChildren; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A number before and after; a gain is green and says so by its arrow. */
export function Change({
  before,
  after,
  show = number,
  gain = false,
}: {
  before: number | undefined;
  after: number | undefined;
  show?: (value: number) => string;
  gain?: boolean;
}) {
  if (before === undefined || after === undefined) return <b class="mono">{NONE}</b>;
  return (
    <b class={gain && after > before ? "mono good" : "mono"}>
      {show(before)} <span aria-hidden="true">→</span> <span class="unseen">{t("ui.offer.arrow")}</span> {show(after)}
    </b>
  );
}

/** What a share for some credits says of the whole, and between what that usually lies. */
export function Whole({ numbers, isOld }: { numbers: Numbers; isOld: boolean }) {
  const { worth, usual_least: least, usual_most: most } = numbers;
  return (
    <div class={isOld ? "whole-box old" : "whole-box"}>
      <p class="row spread">
        <span>{t("ui.offer.whole")}</span>
        <b class="worth mono">{worth === undefined ? NONE : number(worth)}</b>
      </p>
      <p class="meta">{least === undefined || most === undefined ? NONE : t("ui.offer.usual", { least, most })}</p>
    </div>
  );
}

/** For how many seasons some credits pay materials and rent, in words. */
export function seasonsText(seasons: number | undefined, left: number | undefined): string {
  if (seasons === undefined) return NONE;
  if (seasons === 0) return t("ui.offer.seasons.none");
  return seasons === left ? t("ui.offer.seasons.all") : tn("ui.offer.seasons", seasons);
}

/** The till before and after, and whether the venture is born by it, or what is missing then. */
export function Till({ numbers }: { numbers: Numbers }) {
  const { till, till_after: after, lacks, born } = numbers;
  const missing = lacks !== undefined && born === 0 && till !== undefined && after !== undefined;
  return (
    <>
      <Change before={till} after={after} gain />
      {born === 1 ? <span class="tag filled">{t("ui.offer.born")}</span> : null}
      {missing ? <span class="meta">{t("ui.offer.lacks", { n: lacks - (after - till) })}</span> : null}
    </>
  );
}

export function Kept({ numbers }: { numbers: Numbers }) {
  return <Change before={numbers["keeps"]} after={numbers["keeps_after"]} show={percent} />;
}
