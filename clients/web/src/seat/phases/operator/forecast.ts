// What the server expects of a season on some terms. It is asked anew as the terms are changed.
import type { Args } from "../../../protocol/frames";
import { useForesight } from "../../question/choices";

export const PATHS = ["community", "resources", "integration"] as const;
export type Path = (typeof PATHS)[number];

export interface Forecast {
  /** Makers without a desk: how many, how many pass, how many come here; and tenants that are here already. */
  of: number;
  pass: number;
  come: number;
  tenants: number;
  /** From this bar on one maker fewer passes. */
  fewerAt: number | undefined;
  investors: number;
  reach: number;
  now: number;
  treasury: number;
  /** How many come where the next level of the community, with its desk, is bought. */
  comeWithDesk: number;
  /** What the next level of a path costs, and what the treasury holds then. */
  levels: Partial<Record<Path, { cost: number; then: number }>>;
  isOld: boolean;
}

export function useForecast(terms: Args): Forecast | undefined {
  const foreseen = useForesight("set_terms", terms);
  const { numbers = {} } = foreseen ?? {};
  const { of, pass = 0, come = 0, tenants = 0, investors = 0, reach = 0, now = 0, treasury = 0 } = numbers;
  if (!foreseen || of === undefined) return undefined;
  const levels = PATHS.flatMap((path) => {
    const [cost, then] = [numbers[`cost_${path}`], numbers[path]];
    return cost === undefined || then === undefined ? [] : [[path, { cost, then }] as const];
  });
  const fewerAt = numbers["fewer_at"];
  return {
    of,
    pass,
    come,
    comeWithDesk: numbers["come_community"] ?? come,
    tenants,
    fewerAt,
    investors,
    reach,
    now,
    treasury,
    levels: Object.fromEntries(levels),
    isOld: foreseen.isOld,
  };
}
