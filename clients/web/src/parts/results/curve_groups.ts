// Which curves are drawn together: those that share a scale and answer one question. Their numbers are the ecosystem's
// figures by season, as the server counted them; `docs/debrief.md` says which figure and which event each comes from.
import type { ByNumber } from "../../store/entities";
import type { View } from "../../store/view";
import { debriefOf } from "./debrief_data";

/** The figures of one season by name. */
type Figures = ByNumber;

interface Drawn {
  /** Whose colour draws it: a role, a sector or a token. */
  readonly color: string;
  /** What it is in a season; without it the figure of its own name. Nothing where it has no meaning in that season. */
  readonly of?: (figures: Figures) => number | undefined;
}
type Group = { readonly [curve: string]: Drawn };

const COLORS = ["maker", "investor", "operator", "link", "outside", "learning"] as const;
const SECTORS = ["health", "food", "energy", "learning", "city", "culture"];
const KINDS = ["angel", "fund", "mentor", "professional", "industry", "workshop"];
const PATHS = { community: "maker", resources: "investor", integration: "operator" };
const PER_CENT = 100;

/** Plain figures, each in a colour of its own. */
function figures(...names: readonly string[]): Group {
  return Object.fromEntries(names.map((name, index) => [name, { color: COLORS[index % COLORS.length] ?? "outside" }]));
}

function counted(color: string, of: (figures: Figures) => number | undefined): Drawn {
  return { color, of };
}

/** A part of a whole in per cent, rounded; nothing where there is no whole. */
function percent(part: string, whole: string) {
  return (found: Figures): number | undefined => {
    const all = found[whole];
    return all ? Math.round((PER_CENT * (found[part] ?? 0)) / all) : undefined;
  };
}

/** Several figures together; nothing where none of them is counted. */
function sum(...names: readonly string[]) {
  return (found: Figures): number | undefined =>
    names.some((name) => found[name] !== undefined)
      ? names.reduce((all, name) => all + (found[name] ?? 0), 0)
      : undefined;
}

function less(all: string, some: string) {
  return (found: Figures): number | undefined => {
    const [asked, got] = [found[all], found[some]];
    return asked === undefined || got === undefined ? undefined : asked - got;
  };
}

/** The mean of an index over the spaces, rounded. */
function mean(index: string) {
  return (found: Figures): number | undefined => {
    const each = Object.entries(found).filter(([name]) => new RegExp(`^${index}_\\d+$`).test(name));
    return each.length ? Math.round(each.reduce((all, [, value]) => all + value, 0) / each.length) : undefined;
  };
}

function each(names: readonly string[], drawn: (name: string, index: number) => [string, Drawn]): Group {
  return Object.fromEntries(names.map(drawn));
}

/** Plain figures, each with what draws it. */
function colored(colors: { readonly [name: string]: string }): Group {
  return Object.fromEntries(Object.entries(colors).map(([name, color]) => [name, { color }]));
}

const GROUPS = {
  credits: colored({
    credits_maker: "maker",
    credits_investor: "investor",
    credits_operator: "operator",
    credits_venture: "link",
  }),
  world: figures("energy_in", "energy_out"),
  efficiency: colored({
    energy_venture_efficiency: "link",
    energy_maker_efficiency: "maker",
    energy_investor_efficiency: "investor",
    energy_operator_efficiency: "operator",
  }),
  hours: {
    hours_for_work: { color: "maker" },
    hours_for_delivered: { color: "investor" },
    hours_for_workshop: { color: "operator" },
    hours_learning: counted("learning", sum("hours_for_exchange", "hours_for_study", "hours_for_clinic")),
    hours_elsewhere: counted("link", sum("hours_for_scouting", "hours_for_resold", "hours_for_day_job", "hours_lent")),
    hours_lost: { color: "outside" },
  },
  kinds: each(KINDS, (kind, index) => [
    `taken_${kind}`,
    counted(COLORS[index] ?? "outside", percent(`hours_used_${kind}`, `hours_offered_${kind}`)),
  ]),
  life: figures("founded", "births", "products", "deaths", "living"),
  doors: {
    admitted: { color: "maker" },
    turned_away_makers: counted("link", less("pitches", "admitted")),
    badges_won: { color: "investor" },
    turned_away_investors: counted("outside", less("applications", "badges_won")),
  },
  exits: figures("exits_insolvent", "exits_unfunded", "exits_unsold", "exits_bottom", "exits_closed"),
  badges: figures("badges", "badges_won", "badges_given_back", "badges_lost"),
  community: { ...figures("density", "centralisation", "diversity"), spirit: { color: "link" } },
  deals: figures("deals", "lost_bids", "trust", "ties"),
  holdings: {
    part_leads: counted("maker", percent("shares_leads", "shares_all")),
    part_cofounders: counted("operator", percent("shares_cofounders", "shares_all")),
    part_makers: counted("link", percent("shares_makers", "shares_all")),
    part_investors: counted("investor", percent("shares_investors", "shares_all")),
  },
  equality: { gini_makers: { color: "maker" }, gini_investors: { color: "investor" } },
  demand: each(SECTORS, (sector) => [`demand_${sector}`, { color: sector }]),
  paths: Object.fromEntries(Object.entries(PATHS).map(([path, color]) => [`mean_${path}`, counted(color, mean(path))])),
  vitality: {},
} satisfies { readonly [group: string]: Group };

export type CurveGroup = keyof typeof GROUPS;
export const CURVE_GROUPS = Object.keys(GROUPS) as CurveGroup[];

interface Numbers {
  name: string;
  color: string;
  numbers: ByNumber;
}

/** Return the groups that have something to say, in their order: one whose numbers are all 0 has not. */
export function groupsOf(view: View): CurveGroup[] {
  const seasons = seasonsOf(view);
  return CURVE_GROUPS.filter((group) =>
    ofGroup(view, seasons, group).some(({ numbers }) => Object.values(numbers).some(Boolean)),
  );
}

/** Return the curves of a group that are counted: the name of each, what draws it, and its numbers by season. */
export function numbersOf(view: View, group: CurveGroup): Numbers[] {
  return ofGroup(view, seasonsOf(view), group);
}

function ofGroup(view: View, seasons: { readonly [season: string]: Figures }, group: CurveGroup): Numbers[] {
  const wanted: Group = group === "vitality" ? ofSpaces(view) : GROUPS[group];
  return Object.entries(wanted).flatMap(([name, { color, of = (found: Figures) => found[name] }]) => {
    const numbers = Object.entries(seasons).flatMap(([season, found]) => {
      const value = of(found);
      return value === undefined ? [] : [[season, value] as const];
    });
    return numbers.length ? [{ name, color, numbers: Object.fromEntries(numbers) }] : [];
  });
}

function ofSpaces(view: View): Group {
  return Object.fromEntries(
    view
      .all("space")
      .map((space, index) => [`vitality_${space.id}`, { color: COLORS[index % COLORS.length] ?? "outside" }] as const),
  );
}

/** Return all figures by season: those on the table, those that open at the end, and the curves of the debrief. */
function seasonsOf(view: View): { readonly [season: string]: Figures } {
  const told = debriefOf(view);
  const found: { [season: string]: { [name: string]: number } } = {};
  for (const { season, values, opened = {} } of view.all("figures")) {
    if (told && (season < told.first_season || season > told.last_season)) continue;
    found[season] = { ...values, ...(opened as ByNumber) };
  }
  for (const [name, bySeason] of Object.entries(told?.curves ?? {})) {
    for (const [season, value] of Object.entries(bySeason)) {
      found[season] ??= {};
      found[season][name] = value;
    }
  }
  return found;
}
