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
  return [...fresh.map((deal) => toldOf(asked, deal, isBornNow(asked, deal))), ...births(asked)];
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
  const own = room.view.all("deal").filter((deal) => deal.season === before.season && deal.investor === seat);
  const paid = own.filter((deal) => deal.credits > 0 && isBornNow(asked, deal));
  const isTold = (venture: number): boolean =>
    told.some((moment) => moment.kind === "signed" && moment.venture === venture && moment.born);
  const born = [...new Set(paid.map(({ venture }) => venture))].filter((venture) => !isTold(venture));
  return born.map((venture, index) => {
    const deals = own.filter((deal) => deal.venture === venture && deal.source !== "package");
    const { id: _, ...birth } = toldOf(asked, summed(deals), true);
    const again = { id: `${before.season}.born.${venture}`, again: true };
    return index === 0 ? { ...birth, ...again, grant: grantOf(asked) } : { ...birth, ...again };
  });
}

/** Return the deals of two sides as one. */
function summed(deals: readonly Deal[]): Deal {
  const [first] = deals as [Deal, ...Deal[]];
  const sum = (field: "credits" | "shares" | "hours" | "fee"): number =>
    deals.reduce((all, deal) => all + deal[field], 0);
  return { ...first, credits: sum("credits"), shares: sum("shares"), hours: sum("hours"), fee: sum("fee") };
}

/** Return what the government has paid this seat for the births that it has backed. */
function grantOf({ room, before }: Asked): number {
  const paid = room.view
    .all("entry")
    .filter(({ season, reason }) => season === before.season && reason === "backer_grant");
  return paid.reduce((sum, { amount }) => sum + amount, 0);
}

/** Return what an investor holds with what it has signed, which the table shows when the phase closes. */
function holdsOf({ room, before, now }: Asked, deal: Deal): number {
  const found = room.view.find("venture", deal.venture);
  const held = found ? holding(found, deal.investor) : 0;
  const isShown = room.seat.value === deal.maker || before.phase !== now.phase || before.season !== now.season;
  if (isShown) return Math.max(held, deal.shares);
  const since = room.view
    .all("deal")
    .filter(
      ({ season, venture, investor }) =>
        season === deal.season && venture === deal.venture && investor === deal.investor,
    );
  return since.reduce((sum, { shares }) => sum + shares, held);
}

function toldOf(asked: Asked, deal: Deal, born: boolean): Signed {
  const { room, before, now } = asked;
  const { venture, maker, investor, credits, shares, hours, fee, season } = deal;
  const found = room.view.find("venture", venture);
  const isMaker = room.seat.value === maker;
  const had = before.tills[venture];
  const till: Change | undefined = had === undefined ? undefined : { before: had, after: tillOf(room, venture) };
  return {
    kind: "signed",
    id: `${season}.deal.${deal.id}`,
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
    holds: holdsOf(asked, deal),
    till: isMaker || born ? till : undefined,
    spirit: isMaker ? { before: before.spirit ?? 0, after: now.spirit ?? 0 } : undefined,
    born,
  };
}
