// What a list for hours came to: who comes, who does not, and why, as far as it follows from what everybody sees.
import type { Hours } from "../kinds";
import type { Asked } from "./asked";

export function hours({ room, before }: Asked): Hours[] {
  const seat = room.seat.value;
  const answer = room.view.find("list_answer", seat);
  const isMaker = room.role.value === "maker";
  const packages = room.view
    .all("deal")
    .filter((deal) => deal.season === before.season && deal.source === "package" && deal.hours > 0)
    .filter((deal) => (isMaker ? deal.maker : deal.investor) === seat);
  const came = new Map<number, Hours["came"][number] & { shares: number }>();
  for (const deal of packages) {
    const whom = isMaker ? deal.investor : deal.venture;
    const known = came.get(whom) ?? { whom, hours: 0, fee: 0, shares: 0 };
    came.set(whom, {
      whom,
      hours: known.hours + deal.hours,
      fee: known.fee + deal.fee,
      shares: known.shares + deal.shares,
    });
  }
  const missed = Object.entries(answer?.season === before.season ? answer.answers : {})
    .filter(([, reason]) => reason !== "given")
    .map(([whom, reason]) => ({ whom: Number(whom), reason }));
  if (came.size + missed.length === 0) return [];
  const venture = isMaker ? (answer?.venture ?? packages[0]?.venture ?? 0) : 0;
  const id = `${before.season}.hours`;
  return [
    {
      kind: "hours",
      id,
      season: before.season,
      phase: "matching",
      full: false,
      venture,
      came: [...came.values()],
      missed,
    },
  ];
}
