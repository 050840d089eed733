// A card that the host has turned in the midst of a season: it changes the world for everybody.
import { subsidyOf } from "../../../store/effects";
import type { Shock } from "../kinds";
import type { Asked } from "./asked";

const DECKS: { readonly [text: string]: Shock["deck"] } = { policy_shock: "policy", market_shock: "market" };

export function shocks({ room, before, lines }: Asked): Shock[] {
  const { effect = "", tax = 0, up = "", down = "" } = room.view.single("world");
  const does = { effect, rate: tax, amount: subsidyOf(room.view), up, down };
  return lines.flatMap(({ text, values = {} }) => {
    const deck = DECKS[text];
    if (!deck) return [];
    const card = String(values[deck]);
    const { season, phase } = before;
    return [{ kind: "shock", id: `${season}.${phase}.shock.${card}`, season, phase, full: false, deck, card, ...does }];
  });
}
