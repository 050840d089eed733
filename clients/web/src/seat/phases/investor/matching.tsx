// Matching for investors: what each way of matching asks them.

import { Term } from "../../../parts/words/term";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { stageName } from "../../../store/names";
import type { Good } from "../../../store/rules";
import { t } from "../../../texts";
import { percent } from "../../../texts/numbers";
import { Inbox } from "../../offers/inbox";
import { knownRange } from "../../question/about_people";
import { Born } from "../../tabs/born";
import { Matching, type Parts } from "../matching";
import { Ranked } from "../ranked_list";
import { TakePart } from "../take_part";
import { Bids } from "./bids";
import { LookButton } from "./paid_look";
import { Posting } from "./posting";
import { holdingOf, ownFirst, Targets } from "./targets";

const PARTS: Parts = {
  negotiation: { Body: Bargain, commands: ["look", "send_terms", "answer_terms"] },
  clearinghouse_capital: {
    Body: () => <List post="post_capital" rank="rank_capital" good="money" />,
    commands: ["look", "post_capital", "rank_capital"],
    label: "command.rank_capital",
  },
  auction: { Body: () => <Bids module="auction" command="bid" good="money" />, commands: ["look", "bid"] },
  planner_capital: {
    Body: () => <Plan module="planner_capital" command="take_part_capital" good="money" />,
    commands: ["look", "take_part_capital"],
  },
  clearinghouse: {
    Body: () => <List post="post_package" rank="rank" good="hours" />,
    commands: ["post_package", "rank"],
    label: "command.rank",
  },
  auction_hours: {
    Body: () => <Bids module="auction_hours" command="bid_hours" good="hours" />,
    commands: ["bid_hours"],
  },
  planner: { Body: () => <TakePart module="planner" command="take_part" good="hours" />, commands: ["take_part"] },
};

export function MatchingInvestor() {
  return <Matching parts={PARTS} />;
}

function Bargain() {
  return (
    <>
      <Inbox />
      <Targets />
    </>
  );
}

function Plan(props: Parameters<typeof TakePart>[0]) {
  return (
    <>
      <TakePart {...props} />
      <Targets />
    </>
  );
}

function List({ post, rank, good }: { post: string; rank: string; good: Good }) {
  const room = useRoom();
  const options = optionsOf(room.command(rank), "ventures", room.view.hand).map(Number);
  const holds = options.some((id) => holdingOf(room, room.view.find("venture", id)) > 0);
  return (
    <>
      <Ranked
        command={rank}
        field="ventures"
        note={(id) => <RankNote id={id} />}
        proposed={(options) => ownFirst(room, options)}
      >
        {holds ? <p class="meta">{t("ui.rank.own_first")}</p> : null}
      </Ranked>
      <Posting command={post} good={good} />
    </>
  );
}

function RankNote({ id }: { id: number }) {
  const room = useRoom();
  const venture = room.view.find("venture", id);
  if (!venture) return null;
  const own = holdingOf(room, venture);
  return (
    <>
      {own > 0 ? <b>{t("ui.table.you_hold", { share: percent(own) })}</b> : null}
      <span class="facts">
        <span>{t(`sector.${venture.sector}`)}</span>
        <span>{stageName(venture.stage)}</span>
        <Born venture={venture} />
        <span>
          <Term word="appeal" /> <b class="mono">{knownRange(room, id)}</b>
        </span>
      </span>
      <LookButton venture={id} />
    </>
  );
}
