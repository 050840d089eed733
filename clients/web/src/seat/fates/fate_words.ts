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

function said(view: View, fate: Fate): string {
  return fate.what === "place" ? saidOfPlace(view, fate) : saidOfAmount(view, fate);
}

/** Return where something stands among those that it is ranked with, and who of them goes. */
function saidOfPlace(view: View, { kind, must, by, of = 0, by_what = "sales", least, last, reason }: Fate): string {
  if (reason === "insolvent") return t("ui.fate.insolvent");
  if (of === 0)
    return by === 0 ? t("ui.fate.place.sells") : t("ui.fate.place.later", { season: seasonInRun(view, by) });
  if (must === of) return t(`ui.fate.place.alone.${kind}`);
  const place = least ?? last;
  const values = { of: number(of), first: number(must + 1), what: t(`ui.fate.place.${by_what}`) };
  if (place === undefined) return t("ui.fate.place.bar", values);
  return t(least === undefined ? "ui.fate.place.so_far" : "ui.fate.place", { ...values, place: number(place) });
}

/** Return whether the game ends before a venture has to be born: then it ends as an idea. */
export function isAfterTheEnd(view: View, { what, by }: Pick<Fate, "what" | "by">): boolean {
  return what === "born" && by > (view.single("game").seasons ?? Infinity);
}

function saidOfAmount(view: View, { what, must, by, least, most, verdict, reason }: Fate): string {
  const values = { must: number(must), season: seasonInRun(view, by), range: span(least ?? 0, most ?? 0) };
  if (reason === "insolvent") return t(verdict === "danger" ? "ui.fate.insolvent" : "ui.fate.may_owe", values);
  if (what === "sells" && by === 0) return t("ui.fate.sells.later", values);
  if (isAfterTheEnd(view, { what, by })) return t("ui.fate.born.end", values);
  if (what === "born" && verdict === "danger") return t("ui.fate.born.late", values);
  if (least === undefined) return what === "treasury" ? t("ui.fate.treasury.none") : t(`ui.fate.${what}.bar`, values);
  return t(`ui.fate.${what}${what === "sells" && least === most ? ".sold" : ""}`, values);
}

/** What was reached last, where nobody can say yet what will be. */
function lastOne({ what, last, least, by }: Fate): string {
  if (what === "place" || last === undefined || least !== undefined || by === 0) return "";
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
