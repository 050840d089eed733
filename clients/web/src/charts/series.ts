// The numbers behind the curves: the ecosystem's figures by season, from the debrief where there is one, else from the
// table as it stands; put in groups that belong on one scale.
import type { CURVE_GROUPS } from "../debrief/groups";
import { toldOf } from "../debrief/told";
import type { ByNumber } from "../store/entities";
import type { View } from "../store/view";
import { spaceName } from "../texts/names";
import { has, t } from "../texts";

export interface Curve {
  name: string;
  color: string;
  values: readonly number[];
}

export interface Survival {
  age: number;
  atRisk: number;
  deaths: number;
  censored: number;
  survival: number; // thousandths
}

// role or token that draws each curve of a group
const GROUPS: { readonly [group in (typeof CURVE_GROUPS)[number]]: { readonly [curve: string]: string } } = {
  credits: { credits_maker: "maker", credits_investor: "investor", credits_operator: "operator", credits_venture: "link" },
  community: { density: "maker", centralisation: "investor", diversity: "operator" },
  deals: { deals: "maker", trust: "investor", living: "operator", competition: "outside" },
  efficiency: { efficiency_venture: "link", efficiency_maker: "maker", efficiency_investor: "investor", efficiency_operator: "operator" },
  vitality: {},
};
const SPACES = ["maker", "investor", "operator", "link", "outside"];

type Curves = { readonly [name: string]: ByNumber };

/** Return the curves of a group that there are numbers for, and the seasons that they run over. */
export function curvesOf(view: View, group: string): { seasons: readonly number[]; curves: readonly Curve[] } {
  const all = toldOf(view)?.curves ?? ofFigures(view);
  const wanted = group === "vitality" ? ofSpaces(view) : Object.entries(GROUPS[group as keyof typeof GROUPS] ?? {});
  const found = wanted.filter(([name]) => all[name]);
  const seasons = [...new Set(found.flatMap(([name]) => Object.keys(all[name] ?? {}).map(Number)))].sort((one, other) => one - other);
  return { seasons, curves: found.map(([name, color]) => ({ name: curveName(view, name), color, values: seasons.map((season) => all[name]?.[season] ?? 0) })) };
}

function ofSpaces(view: View): [string, string][] {
  return view.all("space").map((space, index) => [`vitality_${space.id}`, SPACES[index % SPACES.length] ?? "outside"]);
}

function ofFigures(view: View): Curves {
  const found: { [name: string]: { [season: string]: number } } = {};
  for (const { season, values } of view.all("figures")) {
    for (const [name, value] of Object.entries(values)) {
      const plain = name.replace(/^energy_(\w+)_efficiency$/, "efficiency_$1");
      (found[plain] ??= {})[season] = value;
    }
  }
  return found;
}

function curveName(view: View, name: string): string {
  const space = /^vitality_(\d+)$/.exec(name)?.[1];
  if (space) return spaceName(view, space);
  const key = `ui.chart.curve.${name}`;
  return has(key) ? t(key) : t(`figure.${name}`);
}

/** Return the survival of ventures by age, in seasons (the product-limit estimate, counted by the server). */
export function survivalOf(view: View): readonly Survival[] {
  const ofEnd = toldOf(view)?.survival;
  const rows = ofEnd ?? lifeTable(view.all("figures").at(-1)?.values ?? {});
  return Object.entries(rows)
    .map(([age, row]) => ({ age: Number(age), atRisk: row["at_risk"] ?? 0, deaths: row["deaths"] ?? 0, censored: row["censored"] ?? 0, survival: row["survival"] ?? 0 }))
    .sort((one, other) => one.age - other.age);
}

function lifeTable(values: ByNumber): { [age: string]: ByNumber } {
  const found: { [age: string]: { [name: string]: number } } = {};
  for (const [key, value] of Object.entries(values)) {
    const [, name, age] = /^(at_risk|deaths|censored|survival)_age_(\d+)$/.exec(key) ?? [];
    if (name && age) (found[age] ??= {})[name] = value;
  }
  return found;
}
