// The two cards of the season, large: what each does, drawn from its effect, and only then its story.
import type { ComponentChildren } from "preact";
import { EffectPicture } from "../../parts/pictures/things/effects";
import { Customer } from "../../parts/pictures/things/things";
import { SectorTile } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import type { View } from "../../store/view";
import { has, t } from "../../texts";
import { number, signed } from "../../texts/numbers";

export function PolicyPicture() {
  return (
    <div class="two-cards">
      <PolicyCard />
      <MarketCard />
    </div>
  );
}

interface CardProps {
  kind: "policy" | "market";
  card: string;
  effect: string;
  children: ComponentChildren;
}

function Card({ kind, card, effect, children }: CardProps) {
  return (
    <section class="board big-card">
      <div class="big-picture">{children}</div>
      <p class="card-kind">{t(`ui.card.${kind}`)}</p>
      <h2 class="must">{named(`${kind}.${card}.name`)}</h2>
      <p class="card-effect">{effect}</p>
      <p class="card-story">{named(`${kind}.${card}.text`)}</p>
    </section>
  );
}

function named(key: string): string {
  return has(key) ? t(key) : "";
}

function PolicyCard() {
  const { view } = useRoom();
  const { policy = "", effect = "" } = view.single("world");
  return (
    <Card kind="policy" card={policy} effect={policyEffect(view)}>
      <EffectPicture effect={effect} />
    </Card>
  );
}

/** Return what the season's policy card does, in a sentence. */
export function policyEffect(view: View): string {
  const { effect = "", tax = 0 } = view.single("world");
  return has(`effect.${effect}`) ? t(`effect.${effect}`, { rate: tax, amount: subsidyOf(view) }) : "";
}

function subsidyOf(view: View): number {
  return Number(view.all("module").find((module) => "subsidy" in module)?.["subsidy"] ?? 0);
}

const USUAL = 5; // customers stand for the usual demand
const QUARTER = 25; // per cent; one customer more or less

function MarketCard() {
  const { view } = useRoom();
  const { market = "", up = "", down = "" } = view.single("world");
  return (
    <Card kind="market" card={market} effect={marketEffect(view)}>
      {up ? (
        <>
          <Queue sector={up} change={changeOf(view, up)} />
          <Queue sector={down} change={changeOf(view, down)} />
        </>
      ) : null}
    </Card>
  );
}

/** Return the per cent by which the market card moves a sector's demand. */
function changeOf(view: View, sector: string): number {
  const found = view.all("sector").find((each) => each.name === sector);
  return found?.walk ? Math.round((100 * (found.demand - found.walk)) / found.walk) : 0;
}

/** Return what the season's market card does: the sector that it lifts and the one that it lowers. */
export function marketEffect(view: View): string {
  const { up = "", down = "" } = view.single("world");
  const moves = [up, down].map((sector) => `${t(`sector.${sector}`)} ${signed(changeOf(view, sector))} %`);
  return up ? moves.join(" · ") : "";
}

/** As many customers as the demand is of the usual, in quarters. */
function Queue({ sector, change }: { sector: string; change: number }) {
  const count = Math.max(1, USUAL + Math.round(change / QUARTER));
  return (
    <div class="queue">
      <SectorTile sector={sector} size={64} />
      <svg class="things" viewBox={`-40 -92 ${8 * 44 + 40} 100`} aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          <g key={index} transform={`translate(${index * 44} 0)`}>
            <Customer index={index} />
          </g>
        ))}
      </svg>
      <b class={change > 0 ? "good" : "bad"}>
        {signed(change)}
        <small> %</small>
      </b>
      <span class="unseen">{number(count)}</span>
    </div>
  );
}
