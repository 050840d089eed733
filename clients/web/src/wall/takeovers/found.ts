// What is worth the whole wall for a few seconds, found in the lines that everybody is told when a phase closes: rare
// things, told of ventures and counts. Who fell short is never named.
import type { DatedLine } from "../../store/log";
import { ROLES } from "../../store/names";
import type { View } from "../../store/view";

export type Kind = "birth" | "product" | "missed" | "closed" | "badges" | "bailout" | "lead" | "shock";

export interface Takeover {
  kind: Kind;
  /** What it is about, as words and faces ask for it. */
  venture?: number;
  space?: number;
  /** How many of the kind there were. */
  count?: number;
  role?: string;
  card?: { deck: "policy" | "market"; name: string };
  roll?: { total: number; needed: number };
  /** The reason of an end. */
  reason?: string;
}

/**
 * Return what fresh lines tell that takes the wall, the most important last: the newest of a kind alone. A first birth
 * or product is the first that was ever told, whatever else the lines before, or the same close, have brought; of
 * earlier seasons, whose lines may be gone, it is their figures that know.
 */
export function takeoversIn(lines: readonly DatedLine[], view: View, earlier: readonly DatedLine[] = []): Takeover[] {
  const found = new Map<Kind, Takeover>();
  const told = new Set(sinceRewound(earlier).map(({ text }) => text));
  for (const line of lines) {
    const one = FROM[line.text]?.(line.values ?? {}, view);
    if (one && isAFirst(one) && told.has(line.text)) continue;
    const before = one && found.get(one.kind);
    if (one && !(before && isAFirst(one))) found.set(one.kind, { ...one, ...counted(one, before) });
  }
  return [...found.values()].sort((one, other) => WEIGHTS.indexOf(one.kind) - WEIGHTS.indexOf(other.kind));
}

/** What was taken back is told anew. */
function sinceRewound(lines: readonly DatedLine[]): readonly DatedLine[] {
  return lines.slice(lines.map(({ text }) => text).lastIndexOf(REWOUND) + 1);
}

export const REWOUND = "rewound";

/** From what is told first to what is told last. */
const WEIGHTS: readonly Kind[] = ["shock", "missed", "badges", "closed", "bailout", "lead", "product", "birth"];

type Values = { readonly [name: string]: unknown };

const FROM: { readonly [text: string]: (values: Values, view: View) => Takeover | undefined } = {
  venture_born: (values, view) =>
    hadBefore(view, "births") ? undefined : { kind: "birth", venture: Number(values["venture"]) },
  became_product: (values, view) =>
    hadBefore(view, "products") ? undefined : { kind: "product", venture: Number(values["venture"]) },
  roll_failed: (values) => {
    const [total, needed] = [Number(values["total"]), Number(values["needed"])];
    if (needed - total !== 1) return undefined;
    return { kind: "missed", venture: Number(values["venture"]), roll: { total, needed } };
  },
  venture_closed: (values) => ({
    kind: "closed",
    venture: Number(values["venture"]),
    reason: String(values["reason"] ?? ""),
  }),
  badge_lost: () => ({ kind: "badges" }),
  receivership: (values) => ({ kind: "bailout", space: Number(values["space"]) }),
  phase_opened: (values, view) => (values["phase"] === "recap" ? leadChange(view) : undefined),
  policy_shock: (values) => ({ kind: "shock", card: { deck: "policy", name: String(values["policy"]) } }),
  market_shock: (values) => ({ kind: "shock", card: { deck: "market", name: String(values["market"]) } }),
};

/** Return whether earlier seasons have had any, by their figures. */
function hadBefore(view: View, figure: "births" | "products"): boolean {
  const { season = 0 } = view.single("game");
  return view.all("figures").some((each) => each.season < season && (each.values?.[figure] ?? 0) > 0);
}

/** Return the role in which somebody else leads than a season ago. Nobody is named: that is the host's to reveal. */
function leadChange(view: View): Takeover | undefined {
  const leader = (role: string, at: number): number | undefined => {
    const scores = view.all("score").filter(({ seat }) => view.find("seat", seat)?.role === role);
    const points = scores.map(({ standings }) => standings.at(at) ?? Number.NaN);
    const best = Math.max(...points);
    const first = points.filter((each) => each === best).length === 1 ? points.indexOf(best) : -1;
    return scores[first]?.seat;
  };
  const role = ROLES.find((each) => {
    const [before, now] = [leader(each, -2), leader(each, -1)];
    return before !== undefined && now !== undefined && before !== now;
  });
  return role ? { kind: "lead", role } : undefined;
}

/** The first of all is the one that was told first. */
function isAFirst({ kind }: Takeover): boolean {
  return kind === "birth" || kind === "product";
}

/** Badges and ends are counted: of several that closed one is named. */
function counted(one: Takeover, before: Takeover | undefined): Partial<Takeover> {
  return one.kind === "badges" || one.kind === "closed" ? { count: (before?.count ?? 0) + 1 } : {};
}
