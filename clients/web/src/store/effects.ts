// What the card of a policy does, in words: in this season, and as a card of earlier said.
import { has, t } from "../texts";
import type { View } from "./view";

/** What the policy card does, in a sentence. */
export function effectOf(view: View): string {
  const { effect = "", tax = 0 } = view.single("world");
  return effectSaid(effect, tax, subsidyOf(view));
}

/** What an effect does, in a sentence; rate and amount are of a tax and a subsidy. */
export function effectSaid(effect: string, rate: number, amount: number): string {
  return has(`effect.${effect}`) ? t(`effect.${effect}`, { rate, amount }) : "";
}

/** Return how many credits a subsidy gives here. */
export function subsidyOf(view: View): number {
  return Number(view.all("module").find((module) => "subsidy" in module)?.["subsidy"] ?? 0);
}
