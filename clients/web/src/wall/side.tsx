// What belongs to the phase, beside the boards: the world's cards, the deals, the dice, the exits, the leaders.
import type { ComponentChildren, FunctionComponent } from "preact";
import { placed, ROLES } from "../debrief/final";
import { Person, SectorTile } from "../parts/tokens";
import { Die } from "../parts/dice";
import { useRoom } from "../store/context";
import { sentences } from "../seat/happened";
import { seatName, stageName, ventureName } from "../texts/names";
import { number, percent } from "../texts/numbers";
import { has, t } from "../texts";

export function Side() {
  const { phase = "" } = useRoom().game.value;
  return <aside class="side">{(SCENES[phase] ?? [News]).map((Scene) => <Scene key={Scene.name} />)}</aside>;
}

function Block({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="block">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function WorldCards() {
  const { view } = useRoom();
  const world = view.single("world");
  if (!world.policy) return null;
  return (
    <Block title={t("ui.world")}>
      <p>{named(`policy.${world.policy}.name`, world.policy)}</p>
      <p>{named(`market.${world.market}.name`, world.market ?? "")}</p>
      <ul class="demand-line">
        {view.all("sector").map((sector) => (
          <li key={sector.name}>
            <SectorTile sector={sector.name} size={48} />
            <b class="mono">{number(sector.demand)}</b>
            {sector.name === world.up ? <span class="good">+</span> : sector.name === world.down ? <span class="bad">−</span> : null}
          </li>
        ))}
      </ul>
    </Block>
  );
}

function named(key: string, otherwise: string): string {
  return has(key) ? t(key) : otherwise;
}

const SHOWN = 4;

function Deals() {
  const { view, game } = useRoom();
  const deals = view.all("deal").filter((deal) => deal.season === game.value.season);
  if (deals.length === 0) return null;
  return (
    <Block title={t("ui.wall.deals", { n: deals.length })}>
      <ul>
        {deals
          .slice(-SHOWN)
          .reverse()
          .map((deal) => (
            <li key={deal.id} class="deal">
              <span>
                <b>{seatName(view, deal.investor)}</b> – {ventureName(view, deal.venture)}
              </span>
              <span class="mono">
                {deal.credits ? number(deal.credits) : t("ui.hours_short", { n: deal.hours })}
                {deal.shares ? ` · ${percent(deal.shares)}` : ""}
              </span>
            </li>
          ))}
      </ul>
    </Block>
  );
}

function Rolls() {
  const { view } = useRoom();
  const rolled = view.all("venture").filter((venture) => (venture.dice?.length ?? 0) > 0);
  if (rolled.length === 0) return null;
  return (
    <Block title={t("ui.wall.rolls")}>
      <ul class="rolls">
        {rolled.slice(-SHOWN).map((venture) => (
          <li key={venture.id}>
            <span>{ventureName(view, venture.id)}</span>
            <span class="dice">
              {venture.dice.map((face, index) => (
                <Die key={index} face={face} />
              ))}
            </span>
            <b>{venture.moved_up ? stageName(venture.stage) : t("ui.roll.not_yet")}</b>
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Sales() {
  const { view } = useRoom();
  const sold = view.all("venture").filter((venture) => venture.sales > 0);
  if (sold.length === 0) return <News />;
  return (
    <Block title={t("reason.sales")}>
      <ul>
        {[...sold]
          .sort((one, other) => other.sales - one.sales)
          .slice(0, SHOWN)
          .map((venture) => (
            <li key={venture.id} class="deal">
              <span>{ventureName(view, venture.id)}</span>
              <b class="mono">{number(venture.sales)}</b>
            </li>
          ))}
      </ul>
    </Block>
  );
}

function Exits() {
  const { view, game } = useRoom();
  const closed = view.all("venture").filter((venture) => venture.closed && venture.closed_season === game.value.season);
  if (closed.length === 0) return null;
  return (
    <Block title={t("ui.wall.exits")}>
      <ul>
        {closed.slice(-SHOWN).map((venture) => (
          <li key={venture.id}>
            {ventureName(view, venture.id)} <span class="wall-meta">{named(`exit.${venture.closed}`, venture.closed)}</span>
          </li>
        ))}
      </ul>
    </Block>
  );
}

const LEADERS = 3;

function Leaders() {
  const room = useRoom();
  return (
    <Block title={t("ui.wall.leaders")}>
      {ROLES.map((role) => (
        <ol key={role} aria-label={t(`ui.final.${role}`)}>
          {placed(room, role)
            .slice(0, LEADERS)
            .map((row) => (
              <li key={row.seat} class="deal">
                <Person seat={row.seat} />
                <b class="mono">{number(row.score)}</b>
              </li>
            ))}
        </ol>
      ))}
    </Block>
  );
}

const SAID_ELSEWHERE = ["phase_opened", "game_started", "deal", "auction_held"]; // by the band above, by the block of deals

function News() {
  const found = sentences(useRoom())
    .filter((each) => !SAID_ELSEWHERE.includes(each.line.text))
    .slice(0, SHOWN);
  if (found.length === 0) return null;
  return (
    <Block title={t("ui.happened")}>
      <ul class="news">
        {found.map((each) => (
          <li key={each.number}>{each.text}</li>
        ))}
      </ul>
    </Block>
  );
}

// what the wall shows beside the boards, by phase: few things, so that the back row can read them
const SCENES: { readonly [phase: string]: readonly FunctionComponent[] } = {
  policy: [WorldCards, News],
  admission: [WorldCards, News],
  exchange: [News],
  matching: [News],
  incubation: [Deals, News],
  market: [Rolls, Deals],
  appraisal: [Rolls, Sales],
  recap: [Leaders, Exits],
};
