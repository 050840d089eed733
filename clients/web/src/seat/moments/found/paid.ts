// What a venture that sold nothing has paid from its till in the market, and what its lead has put in this season.
import type { Paid } from "../kinds";
import { type Asked, isCloseOf } from "./asked";

export function paid(asked: Asked): Paid[] {
  const { room, before, now } = asked;
  if (!isCloseOf("market", asked)) return [];
  const seat = room.seat.value;
  const own = room.view.all("venture").filter(({ lead, cofounders }) => [lead, ...(cofounders ?? [])].includes(seat));
  return own.flatMap((venture): Paid[] => {
    const till = { before: before.tills[venture.id] ?? 0, after: now.tills[venture.id] ?? 0 };
    const went = Math.max(0, till.before - till.after);
    const put = venture.lead === seat ? ownMoney(asked, venture.id) : undefined;
    if (venture.closed || venture.sales > 0 || (went <= 0 && !put)) return [];
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
        ...(put ? { own: put } : {}),
      },
    ];
  });
}

function feesOf({ room, before }: Asked, venture: number): number {
  const deals = room.view.all("deal").filter((deal) => deal.venture === venture && deal.season === before.season);
  return deals.reduce((sum, deal) => sum + deal.fee_paid, 0);
}

/** Return what the seat paid for a venture from its own purse, if it did. */
function ownMoney({ room, before }: Asked, venture: number): Paid["own"] {
  const paidFor = (reason: string, other: string): number =>
    room.view
      .all("entry")
      .filter((entry) => entry.season === before.season && entry.reason === reason && entry.other.startsWith(other))
      .reduce((sum, { amount }) => sum - Math.min(0, amount), 0);
  const put = { materials: paidFor("own_money", `venture:${venture}`), rent: paidFor("rent", "") };
  return put.materials + put.rent > 0 ? put : undefined;
}
