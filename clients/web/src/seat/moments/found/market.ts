// What the ventures of this seat sold, beside whom, and what of it came to this seat.
import type { Payout } from "../../../store/entities";
import type { Change, Sale } from "../kinds";
import type { Asked } from "./asked";

export function sales(asked: Asked): Sale[] {
  const { room, before } = asked;
  const told = room.view.all("payout").filter((payout) => payout.season === before.season);
  const own = told.filter(({ seats }) => seats.includes(room.seat.value)).map((payout) => saleOf(asked, payout));
  return own.map((sale) => ({ ...sale, credits: own.length === 1 ? purseOf(asked, sale) : undefined }));
}

/** Return how the purse moved, if it moved by this sale alone: what else was paid is no part of it. */
function purseOf({ before, now }: Asked, { wage, dividend }: Sale): Change | undefined {
  const isAll = now.credits - before.credits === wage + dividend;
  return isAll ? { before: before.credits, after: now.credits } : undefined;
}

function saleOf({ room, told }: Asked, payout: Payout): Sale {
  const { venture, season, price, sales: sold, spent, steps, holders } = payout;
  const { view } = room;
  const seat = room.seat.value;
  const own = view.find("venture", venture);
  const beside = view
    .all("venture")
    .filter(({ id, closed }) => id !== venture && !closed) // what is closed keeps its last sales
    .filter((other) => other.sector === own?.sector && other.stage === own.stage);
  const danger = view.find("danger", venture);
  const fromIt = view
    .all("entry")
    .filter((entry) => entry.season === season && entry.other === `venture:${venture}` && entry.reason === "wage");
  const sells = told.some((moment) => moment.kind === "market" && moment.venture === venture && moment.sold > 0);
  return {
    kind: "market",
    id: `${season}.market.${venture}`,
    season,
    phase: "market",
    full: sold > 0 && !sells,
    venture,
    price,
    sold,
    spent,
    rivals: beside.filter((other) => other.sales > 0).map((other) => ({ venture: other.id, sold: other.sales })),
    bar: danger?.season === season ? danger.bar : undefined,
    steps,
    holders: Object.entries(holders).map(([holder, credits]) => ({ seat: Number(holder), credits })),
    wage: fromIt.reduce((sum, entry) => sum + entry.amount, 0),
    dividend: holders[seat] ?? 0,
    credits: undefined,
  };
}
