// The appraisal: at first still the stalls, with what each has sold; then a pair of scales that tips as the room rates,
// without a name, beside it what was sold best and how the spaces were rated the last time.
import { useEffect, useState } from "preact/hooks";
import { Customer, FoldedCard } from "../../parts/pictures/things/things";
import { PartShape } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import { seatName, spaceName, ventureName } from "../../store/names";
import { stillChoosing } from "../../store/presence";
import type { View } from "../../store/view";
import { t, tn } from "../../texts";
import { number } from "../../texts/numbers";
import { CALM, usePaced } from "../street/paced";
import { steady } from "../street/steady";
import { MarketPicture } from "./market";
import { Balance } from "./scales";
import "./scales.css";

/** How long the stalls stay. */
export const STALLS_MS = 12_000;

export function AppraisalPicture() {
  const { view, game } = useRoom();
  const [isOver, setOver] = useState(!view.all("venture").some(({ sales }) => sales > 0));
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), STALLS_MS);
    return () => clearTimeout(timer);
  }, [game.value.season]);
  return isOver ? <Scales /> : <MarketPicture closed />;
}

/** Return how many have rated, and how many still weigh. */
export function weighedIn(view: View): { done: number; open: number } {
  const done = view.all("seat").filter(({ ready }) => ready).length;
  return { done, open: stillChoosing(view).length };
}

function Scales() {
  const { done, open } = usePaced(({ view }) => weighedIn(view), CALM);
  return (
    <div class="weighing">
      <section class="board">
        <Balance
          share={(done - open) / Math.max(1, done + open)}
          left={<Crowd count={open} />}
          right={<Pile count={done} />}
        />
        <p class="weighed">
          <span>
            <b>{number(open)}</b> {tn("ui.wall.still_choosing", open)}
          </span>
          <span>
            <b>{number(done)}</b> {tn("ui.wall.rated", done)}
          </span>
        </p>
      </section>
      <Sellers />
      <Means />
    </div>
  );
}

const MOST_DRAWN = { crowd: 12, pile: 32 };

/** Those who still weigh: so many of them, and nobody in particular. */
function Crowd({ count }: { count: number }) {
  return (
    <>
      {placesOf(Math.min(count, MOST_DRAWN.crowd), 6).map(({ x, y }, index) => (
        <Weighing key={index} index={index} x={x} y={y} />
      ))}
    </>
  );
}

interface Lying {
  x: number;
  y: number;
}

const Weighing = steady(function OfCrowd({ index, x, y }: Lying & { index: number }) {
  return (
    <g transform={`translate(${x * 44} ${-40 * y}) scale(0.62)`}>
      <Customer index={index} />
    </g>
  );
});

const Weighed = steady(function OfPile({ x, y }: Lying) {
  return (
    <g transform={`translate(${x * 35} ${-24 * y}) scale(0.5)`}>
      <g class="pitch">
        <FoldedCard />
      </g>
    </g>
  );
});

/** What has been weighed: a card for each. */
function Pile({ count }: { count: number }) {
  return (
    <>
      {placesOf(Math.min(count, MOST_DRAWN.pile), 8).map(({ x, y }, index) => (
        <Weighed key={index} x={x} y={y} />
      ))}
    </>
  );
}

/** Return where things lie in rows, counted from the middle and from below; what comes moves nothing that is there. */
function placesOf(count: number, across: number): Lying[] {
  return Array.from({ length: count }, (_, index) => {
    const at = index % across;
    return { x: (at % 2 ? 1 : -1) * (Math.floor(at / 2) + 0.5), y: Math.floor(index / across) };
  });
}

const BEST = 3;

/** What sold best this season. */
function Sellers() {
  const { view } = useRoom();
  const sold = view.all("venture").filter(({ sales, closed }) => sales > 0 && !closed);
  const best = sold.sort((one, other) => other.sales - one.sales || one.id - other.id).slice(0, BEST);
  if (best.length === 0) return null;
  return (
    <section class="board sellers">
      <h2>{t("ui.wall.sold_best")}</h2>
      <ol>
        {best.map(({ id, sector, stage, born, lead, sales }) => (
          <li key={id}>
            <svg class="made" viewBox="1 -4 22 26" aria-hidden="true" style={{ color: `var(--${sector})` }}>
              <PartShape stage={stage} born={born} />
            </svg>
            <span>
              <b>{ventureName(view, id)}</b>
              <bdi>{seatName(view, lead)}</bdi>
            </span>
            <b>{number(sales)}</b>
          </li>
        ))}
      </ol>
    </section>
  );
}

const HUNDREDTHS = 100;
const MIDDLE = 3 * HUNDREDTHS; // of ratings from one to five

/** How the spaces were rated the last time, where two or more have rated them. */
function Means() {
  const { view } = useRoom();
  const rated = view.all("space").filter(({ rating_mean }) => rating_mean > 0);
  if (rated.length === 0) return null;
  return (
    <section class="board means">
      <h2>{t("ui.wall.rated_before")}</h2>
      <ul>
        {rated.map(({ id, rating_mean }) => (
          <li key={id}>
            <Balance share={(rating_mean - MIDDLE) / (2 * HUNDREDTHS)} bare />
            <b>{(rating_mean / HUNDREDTHS).toFixed(1)}</b>
            <span>{spaceName(view, id)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
