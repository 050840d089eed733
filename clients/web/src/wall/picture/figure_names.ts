// Names in the living picture: as much of each as there is room for beside its token.
import { cut, widthOf } from "../../parts/pictures/text_width";
import type { Figure } from "./boards";
import { BESIDE_TOKEN, type Spot } from "./places";

export function shownName(figure: Figure, spot: Spot): string {
  const room = Math.abs(spot.edge - spot.x) - spot.size / 2 - BESIDE_TOKEN;
  if (spot.detail === "bare") return "";
  const fits = widthOf(figure.name, spot.text) <= room;
  const nameless = /^\d+$/.test(figure.initials); // cut off, "Maker 12" would be like any other
  return spot.detail === "names" && (fits || !nameless) ? cut(figure.name, room, spot.text) : figure.initials;
}

/** Return where the name beside a token ends: lines begin there. */
export function endOfName(figure: Figure, spot: Spot): number {
  const reach = spot.size / 2 + 2 * BESIDE_TOKEN + widthOf(shownName(figure, spot), spot.text);
  return spot.x + spot.direction * reach;
}
