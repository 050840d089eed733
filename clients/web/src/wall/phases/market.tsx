// The market: a stall for each sector, in an order that never changes, with those who sell and the customers before it.
// What they sold stands there once the market has closed, since nobody knows it before; until then a card lies at each
// venture whose lead has chosen.
import { Awning, Coins, Customer, FoldedCard } from "../../parts/pictures/things/things";
import { PartShape, SectorTile } from "../../parts/pictures/tokens";
import { isForSale } from "../../parts/results/scenes";
import { useRoom } from "../../store/context";
import type { Sector, Venture } from "../../store/entities";
import { ventureName } from "../../store/names";
import { t, tn } from "../../texts";
import { number } from "../../texts/numbers";
import { CALM, usePaced } from "../street/paced";
import { steady } from "../street/steady";
import { readyIn } from "./chosen";

interface MarketProps {
  /** Whether the market has closed, so that what was sold is known. */
  closed?: boolean;
}

export function MarketPicture({ closed = false }: MarketProps) {
  const { view } = useRoom();
  const ready = usePaced(readyIn, CALM);
  const leads = view.all("venture").filter(({ lead }) => ready.includes(lead));
  return (
    <div class="stalls">
      {inOrder(view.all("sector")).map((sector) => (
        <Stall key={sector.name} sector={sector} closed={closed} chosen={numbersOf(leads, sector)} />
      ))}
    </div>
  );
}

/** Return which ventures of a sector are among these, in a form that is the same where they are. */
function numbersOf(ventures: readonly Venture[], { name }: Sector): string {
  return ventures.flatMap(({ id, sector }) => (sector === name ? [id] : [])).join(" ");
}

const ORDER = ["energy", "learning", "city", "health", "food", "culture"];

function inOrder(sectors: readonly Sector[]): Sector[] {
  return [...sectors].sort((one, other) => ORDER.indexOf(one.name) - ORDER.indexOf(other.name));
}

const ROWS = 3; // of a stall
const AWNING = { width: 586, height: 78 };

interface StallProps {
  sector: Sector;
  closed: boolean;
  /** The ventures whose leads have chosen, by number. */
  chosen: string;
}

/** A stall in which nothing has changed is not drawn anew. */
const Stall = steady(function Standing({ sector: { name, demand, walk }, closed, chosen }: StallProps) {
  const done = chosen.split(" ").map(Number);
  const { view } = useRoom();
  const sells = view.all("venture").filter((venture) => venture.sector === name && isForSale(venture));
  const best = [...sells].sort((one, other) => Number(closed) * (other.sales - one.sales) || one.id - other.id);
  const shown = best.slice(0, best.length > ROWS ? ROWS - 1 : ROWS);
  return (
    <section class="stall" aria-label={t(`sector.${name}`)} style={{ color: `var(--${name})` }}>
      <Front name={name} demand={demand} />
      {shown.length ? (
        <ul class={best.length >= ROWS ? "full" : ""}>
          {shown.map((venture) => (
            <Seller key={venture.id} venture={venture} closed={closed} chosen={done.includes(venture.id)} />
          ))}
          {best.length > shown.length ? (
            <li class="stall-more">{tn("ui.wall.more_people", best.length - shown.length)}</li>
          ) : null}
        </ul>
      ) : (
        <p class="shutter">
          <span>{t(closed ? "ui.wall.stall.sold_none" : "ui.wall.stall.none")}</span>
        </p>
      )}
      <Queue demand={demand} usual={walk} sold={closed ? sum(sells) : 0} />
    </section>
  );
});

const Front = steady(function Above({ name, demand }: Pick<Sector, "name" | "demand">) {
  return (
    <>
      <svg class="things awning-picture" viewBox={`0 0 ${AWNING.width} ${AWNING.height}`} aria-hidden="true">
        <Awning {...AWNING} />
      </svg>
      <header>
        <SectorTile sector={name} size={84} />
        <h2>{t(`sector.${name}`)}</h2>
        <b class="stall-demand">
          <Pile count={2} /> {number(demand)}
        </b>
      </header>
    </>
  );
});

function sum(ventures: readonly Venture[]): number {
  return ventures.reduce((all, { sales }) => all + sales, 0);
}

interface SellerProps {
  venture: Venture;
  closed: boolean;
  /** Whether its lead has chosen. */
  chosen: boolean;
}

const Seller = steady(function Selling({ venture, closed, chosen }: SellerProps) {
  const { view } = useRoom();
  return (
    <li>
      <svg class="stall-part" viewBox="0 -2 24 26" aria-hidden="true">
        <PartShape stage={venture.stage} born={venture.born} />
      </svg>
      <bdi>{ventureName(view, venture.id)}</bdi>
      {closed ? <b>{number(venture.sales)}</b> : chosen ? <Card /> : null}
    </li>
  );
});

function Card() {
  return (
    <svg class="things chosen stall-part" viewBox="-36 -50 72 56" aria-hidden="true">
      <FoldedCard />
    </svg>
  );
}

function Pile({ count }: { count: number }) {
  return (
    <svg class="things pile" viewBox={`-32 -${16 + 11 * count} 64 ${24 + 11 * count}`} aria-hidden="true">
      <Coins count={count} />
    </svg>
  );
}

const USUAL = 5; // customers stand for the usual demand
const QUARTER = 0.25; // one customer more or less
const APART = 62;
const A_COIN = 60; // credits
const PILE = 8; // coins

/** As many customers as the demand is of the usual, and before them what they have paid. */
const Queue = steady(function Queued({ demand, usual, sold }: { demand: number; usual: number; sold: number }) {
  const change = usual ? demand / usual - 1 : 0;
  const count = Math.max(1, USUAL + Math.round(change / QUARTER));
  const coins = Math.ceil(sold / A_COIN);
  const piles = Array.from({ length: Math.ceil(coins / PILE) }, (_, at) => Math.min(PILE, coins - at * PILE));
  return (
    <svg class="things stall-queue" viewBox="0 -96 586 100" preserveAspectRatio="xMidYMax meet" aria-hidden="true">
      {piles.map((pile, at) => (
        <g key={at} transform={`translate(${52 + at * 60} -4) scale(0.86)`}>
          <Coins count={pile} />
        </g>
      ))}
      {Array.from({ length: count }, (_, index) => (
        <g key={index} transform={`translate(${536 - (count - 1 - index) * APART} 4)`}>
          <Customer index={index} />
        </g>
      ))}
    </svg>
  );
});
