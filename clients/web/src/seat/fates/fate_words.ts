// A fate in words: one sentence that says all that the picture shows.
import type { Fate } from "../../protocol/frames";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { t } from "../../texts";
import { inARow, number } from "../../texts/numbers";

export function span(least: number, most: number): string {
  return least === most ? number(least) : `${number(least)}–${number(most)}`;
}

/** What the line of the picture is called. */
export function lineName({ what, must }: Fate): string {
  return t(`ui.fate.line.${what}`, { n: number(must) });
}

/** What its band is called; nothing where nobody can say. */
export function bandName({ what, least, most }: Fate): string {
  if (least === undefined || most === undefined) return "";
  const sure = least === most && what !== "treasury" ? ".sure" : "";
  return t(`ui.fate.band.${what}${sure}`, { range: span(least, most) });
}

/** Return how far it is from going, and what else would do. */
export function fateText(view: View, fate: Fate): string {
  return inARow([said(view, fate), lastOne(fate), better(fate)]);
}

function said(view: View, { what, must, by, least, most, verdict, reason }: Fate): string {
  const values = { must: number(must), season: seasonInRun(view, by), range: span(least ?? 0, most ?? 0) };
  if (reason === "insolvent") return t(verdict === "danger" ? "ui.fate.insolvent" : "ui.fate.may_owe", values);
  if (what === "sells" && by === 0) return t("ui.fate.sells.later", values);
  if (what === "born" && verdict === "danger") return t("ui.fate.born.late", values);
  if (least === undefined) return what === "treasury" ? t("ui.fate.treasury.none") : t(`ui.fate.${what}.bar`, values);
  return t(`ui.fate.${what}${what === "sells" && least === most ? ".sold" : ""}`, values);
}

/** What was reached last, where nobody can say yet what will be. */
function lastOne({ what, last, least, by }: Fate): string {
  if (last === undefined || least !== undefined || by === 0) return "";
  return t(`ui.fate.${what}.last`, { n: number(last) });
}

/** The price at which most would be sold, where the present one may not be enough. */
function better({ tries = {}, most = 0, verdict }: Fate): string {
  if (verdict !== "danger" && verdict !== "close") return "";
  const [name, tried] = Object.entries(tries).reduce(
    (one, other) => (other[1].most > one[1].most ? other : one),
    ["", { least: 0, most }],
  );
  return name ? t("ui.fate.better", { price: t(`price.${name}`), range: span(tried.least, tried.most) }) : "";
}
