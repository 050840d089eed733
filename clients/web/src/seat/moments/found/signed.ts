// What this seat has signed: at once, on both phones, and a birth again where the investor learns of it at the close.
import type { Deal } from "../../../store/entities";
import { holding } from "../../../store/own_seat";
import type { Change, Signed } from "../kinds";
import { tillOf } from "../snapshot";
import type { Asked } from "./asked";

/** Return the new deals of this seat; packages of hours are told with the list that asked for them. */
export function signed(asked: Asked): Signed[] {
  const { room, before, now } = asked;
  const seat = room.seat.value;
  const fresh = room.view
    .all("deal")
    .filter(
      (deal) =>
        deal.season === now.season &&
        !before.deals.includes(deal.id) &&
        (deal.maker === seat || deal.investor === seat) &&
        (deal.credits > 0 || deal.source !== "package"),
    );
  return [...fresh.map((deal) => toldOf(asked, deal, `deal.${deal.id}`, isBornNow(asked, deal))), ...births(asked)];
}

function isBornNow({ room, before }: Asked, { venture, credits }: Deal): boolean {
  const was = before.ventures[venture]?.born ?? false;
  return credits > 0 && !was && (room.view.find("venture", venture)?.born ?? false);
}

/** Return the ventures that an investor has paid for and that everybody now sees born. */
function births(asked: Asked): Signed[] {
  const { room, before, now, told } = asked;
  if (room.role.value !== "investor" || before.phase === now.phase) return [];
  const seat = room.seat.value;
  const paid = room.view
    .all("deal")
    .filter((deal) => deal.season === before.season && deal.investor === seat && deal.credits > 0);
  return paid
    .filter((deal) => isBornNow(asked, deal))
    .filter(
      ({ venture }) => !told.some((moment) => moment.kind === "signed" && moment.venture === venture && moment.born),
    )
    .map((deal) => toldOf(asked, deal, `born.${deal.venture}`, true));
}

function toldOf({ room, before, now }: Asked, deal: Deal, id: string, born: boolean): Signed {
  const { venture, maker, investor, credits, shares, hours, fee, season } = deal;
  const found = room.view.find("venture", venture);
  const isMaker = room.seat.value === maker;
  const had = before.tills[venture];
  const till: Change | undefined = had === undefined ? undefined : { before: had, after: tillOf(room, venture) };
  return {
    kind: "signed",
    id: `${season}.${id}`,
    season,
    phase: "matching",
    full: born,
    venture,
    maker,
    investor,
    credits,
    shares,
    hours,
    fee,
    keeps: found && (isMaker || born) ? holding(found, maker) : undefined,
    holds: Math.max(found ? holding(found, investor) : 0, shares),
    till: isMaker || born ? till : undefined,
    spirit: isMaker ? { before: before.spirit ?? 0, after: now.spirit ?? 0 } : undefined,
    born,
  };
}
