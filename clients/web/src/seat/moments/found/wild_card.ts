// What came of a wild card: for its operator, and whom it went to for those who were not let in or not spared.
import type { WildCard } from "../kinds";
import { type Asked, isCloseOf } from "./asked";

/** Return whom the wild card of a space let in since the phase opened; 0: nobody, undefined: this phase has none. */
export function letInBy({ lines }: Asked, space: number): number {
  const played = lines.find(({ text, values }) => text === "wild_card_played" && values?.["space"] === space);
  return Number(played?.values?.["seat"] ?? 0);
}

/** Return the venture that the wild card of a space spared since the phase opened; 0: none. */
export function sparedBy({ lines }: Asked, space: number): number {
  const played = lines.find(({ text, values }) => text === "venture_spared" && values?.["space"] === space);
  return Number(played?.values?.["venture"] ?? 0);
}

export function wildCards(asked: Asked): WildCard[] {
  const { room, before } = asked;
  if (room.role.value !== "operator" || !["admission", "appraisal"].some((phase) => isCloseOf(phase, asked))) return [];
  const found = playedBy(asked) ?? unused(asked) ?? unplayed(asked);
  if (!found) return [];
  const { season, phase } = before;
  return [{ kind: "wild_card", id: `${season}.${phase}.wild_card`, season, phase, full: false, ...found }];
}

type Played = Pick<WildCard, "outcome" | "whom" | "venture" | "why">;

function playedBy(asked: Asked): Played | undefined {
  const { room, lines } = asked;
  const space = room.seat.value;
  const guest = letInBy(asked, space);
  if (guest) return { outcome: room.view.find("investor", guest) ? "badge" : "let_in", whom: guest, venture: 0 };
  const venture = sparedBy(asked, space);
  if (venture) return { outcome: "spared", whom: 0, venture };
  const badge = lines.find(({ text, values }) => text === "badge_spared" && values?.["space"] === space);
  return badge && { outcome: "badge_spared", whom: Number(badge.values?.["investor"] ?? 0), venture: 0 };
}

/** Return whom the card was sealed for at the door, where it did nothing, and what the door said instead. */
function unused({ room, before }: Asked): Played | undefined {
  const { wild = 0, phase } = before;
  if (phase !== "admission" || wild === 0) return undefined;
  const pitch = room.view.all("pitch").find(({ maker, space }) => maker === wild && space === room.seat.value);
  const isInvestor = room.view.find("investor", wild) !== undefined;
  const why = isInvestor ? "investor" : pitch?.season === before.season ? pitch.outcome : "absent";
  return { outcome: "unused", whom: wild, venture: 0, why };
}

/** Return the first tenant that closed for want of consumers while the card was there to be played. */
function unplayed(asked: Asked): Played | undefined {
  const { room, before, lines } = asked;
  const { view, seat } = room;
  if (before.phase !== "appraisal" || view.find("space", seat.value)?.wild_card_used) return undefined;
  const closed = lines
    .filter(({ text }) => text === "venture_closed")
    .map(({ values }) => view.find("venture", Number(values?.["venture"])));
  const gone = closed.find((venture) => venture?.space === seat.value && venture.closed === "unsold");
  return gone && { outcome: "unplayed", whom: 0, venture: gone.id };
}
