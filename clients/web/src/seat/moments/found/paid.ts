// What a venture that sold nothing has paid from its till in the market.
import type { Paid } from "../kinds";
import { type Asked, isCloseOf } from "./asked";

export function paid(asked: Asked): Paid[] {
  const { room, before, now } = asked;
  if (!isCloseOf("market", asked)) return [];
  const seat = room.seat.value;
  const own = room.view.all("venture").filter(({ lead, cofounders }) => [lead, ...(cofounders ?? [])].includes(seat));
  return own.flatMap((venture): Paid[] => {
    const till = { before: before.tills[venture.id] ?? 0, after: now.tills[venture.id] ?? 0 };
    const went = till.before - till.after;
    if (venture.closed || venture.sales > 0 || went <= 0) return [];
    const fees = Math.min(went, feesOf(asked, venture.id));
    // the lead's own credits may have paid some of it
    const rent = Math.min(went - fees, room.view.find("space", venture.space)?.rent ?? 0);
    return [
      {
        kind: "paid",
        id: `${before.season}.paid.${venture.id}`,
        season: before.season,
        phase: "market",
        full: false,
        venture: venture.id,
        till,
        fees,
        rent,
      },
    ];
  });
}

function feesOf({ room, before }: Asked, venture: number): number {
  const deals = room.view.all("deal").filter((deal) => deal.venture === venture && deal.season === before.season);
  return deals.reduce((sum, deal) => sum + deal.fee_paid, 0);
}
