// What an auction's bid and call mean, in a sentence each, for either good.
import { useRoom } from "../../store/context";
import { type Good, parameter } from "../../store/rules";
import { t } from "../../texts";

export interface Block {
  module: string;
  command: string;
  good: Good;
}

/** Who wins, and what the winner gets. */
export function AuctionRule({ module }: { module: string }) {
  const { view, role } = useRoom();
  return <p class="meta">{t(`ui.auction.${parameter(view, module, "pricing")}.${role.value}`)}</p>;
}
