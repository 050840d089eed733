// The numbers behind the curves, and how long ventures live: by name, over the seasons that they run.

import type { ByNumber } from "../../store/entities";
import { spaceName } from "../../store/names";
import type { View } from "../../store/view";
import { has, t } from "../../texts";
import { type CurveGroup, numbersOf } from "../results/curve_groups";
import { debriefOf } from "../results/debrief_data";

export interface Curve {
  name: string;
  color: string;
  /** It is of another room, and drawn behind. */
  isGhost?: boolean;
  /** By season; nothing where it was not counted. */
  values: readonly (number | undefined)[];
}

export interface Survival {
  age: number;
  atRisk: number;
  deaths: number;
  censored: number;
  survival: number; // thousandths
}

/**
 * Return the curves of a group that there are numbers for, and the seasons that they run over; `names` is the view that
 * says what spaces are called.
 */
export function curvesOf(
  view: View,
  group: CurveGroup,
  names = view,
): { seasons: readonly number[]; curves: readonly Curve[] } {
  const found = numbersOf(view, group);
  const seasons = [...new Set(found.flatMap(({ numbers }) => Object.keys(numbers).map(Number)))].sort(
    (one, other) => one - other,
  );
  return {
    seasons,
    curves: found.map(({ name, color, numbers }) => ({
      name: curveName(names, name),
      color,
      values: seasons.map((season) => numbers[season]),
    })),
  };
}

function curveName(view: View, name: string): string {
  const space = /^vitality_(\d+)$/.exec(name)?.[1];
  if (space) return spaceName(view, space);
  const kind = /^taken_(\w+)$/.exec(name)?.[1];
  if (kind) return kind === "workshop" ? t("ui.chart.curve.workshop") : t(`kind.${kind}`);
  const sector = /^demand_(\w+)$/.exec(name)?.[1];
  if (sector) return t(`sector.${sector}`);
  const path = /^mean_(\w+)$/.exec(name)?.[1];
  if (path) return t(`path.${path}`);
  const key = `ui.chart.curve.${name}`;
  return has(key) ? t(key) : t(`figure.${name}`);
}

/** Return the survival of ventures by age, in seasons (the product-limit estimate, counted by the server). */
export function survivalOf(view: View): readonly Survival[] {
  const ofEnd = debriefOf(view)?.survival;
  const rows = ofEnd ?? lifeTable(view.all("figures").at(-1)?.values ?? {});
  return Object.entries(rows)
    .map(([age, row]) => ({
      age: Number(age),
      atRisk: row["at_risk"] ?? 0,
      deaths: row["deaths"] ?? 0,
      censored: row["censored"] ?? 0,
      survival: row["survival"] ?? 0,
    }))
    .sort((one, other) => one.age - other.age);
}

function lifeTable(values: ByNumber): { [age: string]: ByNumber } {
  const found: { [age: string]: { [name: string]: number } } = {};
  for (const [key, value] of Object.entries(values)) {
    const [, name, age] = /^(at_risk|deaths|censored|survival)_age_(\d+)$/.exec(key) ?? [];
    if (!name || !age) continue;
    found[age] ??= {};
    found[age][name] = value;
  }
  return found;
}
