// The game as it is played: the living picture, and beside it what counts in this phase and how latecomers get in.

import { sentences } from "../parts/page/news";
import { Qr } from "../parts/pictures/qr";
import { SectorTile } from "../parts/pictures/tokens";
import { useRoom } from "../store/context";
import { addressOf } from "../store/join_address";
import type { View } from "../store/view";
import { has, t, tn } from "../texts";
import { number } from "../texts/numbers";
import { LivingPicture } from "./picture/picture";
import { isCounted } from "./picture/places";

export function Play() {
  const room = useRoom();
  const { join } = addressOf(room);
  return (
    <div class="wall-play">
      <LivingPicture />
      <aside class="beside">
        <Counts />
        <Newest />
        <div class="qr-box small">
          <Qr text={join} />
        </div>
      </aside>
    </div>
  );
}

const BEFORE_DEALS = ["policy", "admission"]; // then the world is what counts

/** What there is to count in a phase: the world before the deals, the deals and what came of them afterwards. */
function Counts() {
  const { view, game } = useRoom();
  const { phase = "", season } = game.value;
  if (BEFORE_DEALS.includes(phase)) return <Demand />;
  const ventures = view.all("venture");
  const closed = ventures.filter((venture) => venture.closed);
  const deals = view.all("deal").filter((deal) => deal.season === season).length;
  const counts = [
    ["deals", deals],
    ["born", birthsIn(view, season)],
    ["closed", closed.filter((venture) => venture.closed_season === season).length],
    ["ventures", ventures.length - closed.length],
  ] as const;
  return (
    <dl class="counts">
      {counts.map(([name, count]) => (
        <div key={name}>
          <dd class="mono">{number(count)}</dd>
          <dt>{tn(`ui.wall.count.${name}`, count)}</dt>
        </div>
      ))}
    </dl>
  );
}

/** Return how many ventures were born in the present season: all that are, but for the births of the seasons before. */
export function birthsIn(view: View, season = 0): number {
  const before = view.all("figures").filter((figures) => figures.season < season);
  return (
    view.all("venture").filter((venture) => venture.born).length -
    before.reduce((sum, { values }) => sum + (values["births"] ?? 0), 0)
  );
}

function Demand() {
  const { view } = useRoom();
  const world = view.single("world");
  return (
    <div class="beside-world">
      {(["policy", "market"] as const).map((deck) => {
        const name = `${deck}.${world[deck]}.name`;
        return has(name) ? (
          <p key={deck}>
            <span class="micro">{t(`ui.card.${deck}`)}</span> {t(name)}
          </p>
        ) : null;
      })}
      <ul aria-label={t("ui.wall.demand")}>
        <li class="micro">{t("ui.wall.demand")}</li>
        {view.all("sector").map((sector) => (
          <li key={sector.name}>
            <SectorTile sector={sector.name} size={48} />
            <span class="micro">{t(`sector.${sector.name}`)}</span>
            <b class="mono">{number(sector.demand)}</b>
            {sector.name === world.up ? (
              <span class="good">+</span>
            ) : sector.name === world.down ? (
              <span class="bad">−</span>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

const SAID_ELSEWHERE = ["phase_opened", "game_started"]; // by the band above
const NEWEST = 2;

/** In a room too large for names in the picture, the newest events are named here. */
function Newest() {
  const room = useRoom();
  const people = room.view.all("seat").filter((seat) => seat.role !== "operator").length;
  if (!isCounted(people) || BEFORE_DEALS.includes(room.game.value.phase ?? "")) return null;
  const found = sentences(room).filter((each) => !each.undone && !SAID_ELSEWHERE.includes(each.line.text));
  return (
    <ul class="newest">
      {found.slice(0, NEWEST).map((each) => (
        <li key={each.number}>{each.text}</li>
      ))}
    </ul>
  );
}
