// Which curves are drawn together: those that share a scale. Their numbers are the ecosystem's figures by season, from
// the debrief where there is one, else from the table as it stands.
import type { ByNumber } from "../../store/entities";
import type { View } from "../../store/view";
import { debriefOf } from "./debrief_data";

export const CURVE_GROUPS = ["credits", "community", "deals", "efficiency", "vitality"] as const;
export type CurveGroup = (typeof CURVE_GROUPS)[number];

// role or token that draws each curve of a group
const GROUPS: { readonly [group in CurveGroup]: { readonly [curve: string]: string } } = {
  credits: {
    credits_maker: "maker",
    credits_investor: "investor",
    credits_operator: "operator",
    credits_venture: "link",
  },
  community: { density: "maker", centralisation: "investor", diversity: "operator" },
  deals: { deals: "maker", trust: "investor", living: "operator", competition: "outside" },
  efficiency: {
    efficiency_venture: "link",
    efficiency_maker: "maker",
    efficiency_investor: "investor",
    efficiency_operator: "operator",
  },
  vitality: {},
};
const SPACES = ["maker", "investor", "operator", "link", "outside"];

type Curves = { readonly [name: string]: ByNumber };

/** Return the groups that there are numbers for, in their order. */
export function groupsOf(view: View): CurveGroup[] {
  return CURVE_GROUPS.filter((group) => numbersOf(view, group).some(({ numbers }) => Object.keys(numbers).length > 0));
}

/** Return the curves of a group that are counted: the name of each, what draws it, and its numbers by season. */
export function numbersOf(view: View, group: CurveGroup): { name: string; color: string; numbers: ByNumber }[] {
  const all = debriefOf(view)?.curves ?? ofFigures(view);
  const wanted = group === "vitality" ? ofSpaces(view) : Object.entries(GROUPS[group]);
  return wanted.flatMap(([name, color]) => {
    const numbers = all[name];
    return numbers ? [{ name, color, numbers }] : [];
  });
}

function ofSpaces(view: View): [string, string][] {
  return view.all("space").map((space, index) => [`vitality_${space.id}`, SPACES[index % SPACES.length] ?? "outside"]);
}

function ofFigures(view: View): Curves {
  const found: { [name: string]: { [season: string]: number } } = {};
  for (const { season, values } of view.all("figures")) {
    for (const [name, value] of Object.entries(values)) {
      const plain = name.replace(/^energy_(\w+)_efficiency$/, "efficiency_$1");
      found[plain] ??= {};
      found[plain][season] = value;
    }
  }
  return found;
}
