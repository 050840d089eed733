// What is mine: my numbers, my venture, my deals, and what only I know, closed until it is asked for.

import { Options } from "../../parts/controls/options";
import { Secret } from "../../parts/controls/secret";
import { Later } from "../../parts/page/later";
import { Card } from "../../parts/pictures/card";
import { TrackSym } from "../../parts/pictures/sprite";
import { Part, SectorTile } from "../../parts/pictures/tokens";
import { Term } from "../../parts/words/term";
import { useRoom } from "../../store/context";
import type { Deal, Look } from "../../store/entities";
import { useKept } from "../../store/kept/use_kept";
import { seatName, spaceName, stageName, TRACKS, trackName, ventureName } from "../../store/names";
import { mine } from "../../store/own_seat";
import { t, tn } from "../../texts";
import { about, number, percent, range } from "../../texts/numbers";
import { MyFates } from "../fates/fate_card";
import { OwnFace, RoleSheet } from "../lobby/lobby";
import { StoryList } from "../moments/story_list";
import { MyQuestions } from "../question/my_questions";
import { Aims } from "./aims";
import { Born } from "./born";
import { Decided } from "./decided";
import { MoneyStory } from "./money";
import { CapTable, SpaceCard } from "./table_tab";

const PARTS = ["me", "deals", "money", "aims"] as const;
const WITHOUT_AIMS = ["me", "deals", "money"] as const; // an operator has no secret aim
type MinePart = (typeof PARTS)[number];

export function MineTab() {
  const room = useRoom();
  const [kept, setPart] = useKept<MinePart>("mine", "me");
  const parts: readonly MinePart[] = room.role.value === "operator" ? WITHOUT_AIMS : PARTS;
  const part = parts.includes(kept) ? kept : "me";
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{t("ui.tab.mine")}</h1>
      <Options
        label={t("ui.show")}
        options={parts.map((value) => ({ value, label: t(`ui.mine.${value}`) }))}
        value={part}
        onChange={setPart}
        unlabelled
      />
      {part === "me" ? <Me /> : part === "deals" ? <Deals /> : part === "money" ? <MoneyStory /> : <Secrets />}
    </div>
  );
}

function Me() {
  const room = useRoom();
  const own = mine(room);
  const { view } = room;
  const { hand } = view;
  return (
    <>
      <OwnFace />
      {hand["off_wall"] ? <Later load={() => import("../around/off_wall").then((one) => one.OwnNameOffWall)} /> : null}
      {own.venture ? <MyVenture /> : null}
      {own.space ? <SpaceCard space={own.space} /> : null}
      <MyFates />
      <Holdings />
      <StoryList />
      <Decided />
      {hand["stood_in"] ? <Later load={() => import("../around/told").then((chunk) => chunk.BotsMoves)} /> : null}
      <MyQuestions />
      {view.pieces("room")["consent"] ? (
        <Later load={() => import("../around/told").then((one) => one.OwnConsent)} />
      ) : null}
      <RoleSheet />
    </>
  );
}

function Secrets() {
  return (
    <>
      <p class="meta">{t("ui.mine.secret")}</p>
      <Aims />
      <Looks />
    </>
  );
}

export function MyVenture() {
  const room = useRoom();
  const { venture, seat } = mine(room);
  if (!venture) return null;
  const name = ventureName(room.view, venture.id);
  return (
    <Card teeth={2}>
      <div class="head">
        <SectorTile sector={venture.sector} />
        <span class="name">{name}</span>
        <Part stage={venture.stage} born={venture.born} name={name} size={40} />
      </div>
      <p class="facts">
        <span>{stageName(venture.stage)}</span>
        <Born venture={venture} />
        <span>{spaceName(room.view, venture.space)}</span>
        <span>
          {t("ui.venture_credits")}{" "}
          <b class="mono">{number(room.view.find("account", `venture:${venture.id}`)?.balance ?? 0)}</b>
        </span>
      </p>
      <Tracks tracks={venture.tracks} />
      <CapTable venture={venture} />
      {venture.lead === seat && venture.lo !== undefined ? (
        <Secret label={t("term.appeal")} text={range(venture.lo, venture.hi ?? venture.lo)} />
      ) : null}
    </Card>
  );
}

export function Tracks({ tracks }: { tracks: readonly number[] }) {
  return (
    <ul class="facts tracks">
      {TRACKS.map((track, index) => (
        <li key={track}>
          <TrackSym track={track} /> {t(`track.${track}`)} <b class="mono">{tracks?.[index] ?? 0}</b>
        </li>
      ))}
    </ul>
  );
}

export { range };

function Deals() {
  const room = useRoom();
  const own = room.view
    .all("deal")
    .filter((deal) => deal.maker === room.seat.value || deal.investor === room.seat.value);
  if (own.length === 0) return <p class="meta">{t("ui.deals.none")}</p>;
  return (
    <section class="stack tight">
      <h2>{t("ui.deals")}</h2>
      <div class="cards">
        {[...own].reverse().map((deal) => (
          <DealCard key={deal.id} deal={deal} />
        ))}
      </div>
    </section>
  );
}

export function DealCard({ deal }: { deal: Deal }) {
  const { view } = useRoom();
  return (
    <Card>
      <p>
        <b>
          <bdi>{seatName(view, deal.investor)}</bdi>
        </b>{" "}
        – {ventureName(view, deal.venture)}
      </p>
      <p class="facts">
        <Terms
          credits={deal.credits}
          hours={deal.hours}
          shares={deal.shares}
          fee={deal.fee}
          track={view.find("investor", deal.investor)?.speciality}
        />
        <span>{t("ui.season", { season: deal.season })}</span>
        {deal.hours > 0 && deal.delivered > 0 ? <span>{tn("ui.delivered", deal.delivered)}</span> : null}
      </p>
    </Card>
  );
}

interface TermsProps {
  credits: number;
  hours: number;
  shares: number;
  fee: number;
  track?: string | undefined;
}

/** The terms of a deal or an offer in words. */
export function Terms({ credits, hours, shares, fee, track }: TermsProps) {
  return (
    <>
      {credits > 0 ? <span>{tn("ui.terms.credits", credits)}</span> : null}{" "}
      {hours > 0 ? <span>{tn("ui.terms.hours", hours, { track: track ? trackName(track) : "" })}</span> : null}{" "}
      {shares > 0 ? <span>{t("ui.terms.shares", { share: percent(shares) })}</span> : null}{" "}
      {fee > 0 ? <span>{t("ui.terms.fee", { n: fee })}</span> : null}
    </>
  );
}

function Holdings() {
  const room = useRoom();
  const seat = room.seat.value;
  const held = room.view
    .all("venture")
    .filter((venture) => !venture.closed && (venture.shares?.[seat] ?? 0) > 0 && venture.lead !== seat);
  if (held.length === 0) return null;
  return (
    <Card>
      <h2>
        <Term word="shares" />
      </h2>
      {held.map((venture) => (
        <p key={venture.id} class="facts">
          <span>{ventureName(room.view, venture.id)}</span>
          <b class="mono">{percent(venture.shares[seat] ?? 0)}</b>
          <span>{stageName(venture.stage)}</span>
        </p>
      ))}
    </Card>
  );
}

function Looks() {
  const room = useRoom();
  const looks = room.view.all("look").filter((look) => isNarrow(look));
  if (looks.length === 0) return null;
  const text = looks.map((look) => {
    const appeal = range(Math.max(look.lo, look.list_lo), Math.min(look.hi, look.list_hi));
    return about(ventureName(room.view, look.venture), appeal);
  });
  return <Secret label={t("ui.appeal_readings")} text={text.join(" · ")} />;
}

function isNarrow(look: Look): boolean {
  return look.count > 0 || look.list_hi - look.list_lo < look.hi - look.lo;
}
