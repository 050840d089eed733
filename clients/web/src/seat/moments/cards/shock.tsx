// The card that was turned in the midst of a season, with what it does to everybody.
import { Card } from "../../../parts/pictures/card";
import { Sym } from "../../../parts/pictures/sprite";
import { SectorTile } from "../../../parts/pictures/tokens";
import { effectSaid } from "../../../store/effects";
import type { View } from "../../../store/view";
import { has, t } from "../../../texts";
import { inARow } from "../../../texts/numbers";
import type { Shock } from "../kinds";
import { Head } from "./pieces";

function shockTitle({ deck, card }: Shock): string {
  const name = `${deck}.${card}.name`;
  return t("ui.moment.shock", { card: has(name) ? t(name) : card });
}

/** What it does: of a policy its effect, of a market whom consumers come to and whom they leave. */
function does({ deck, effect, rate, amount, up, down }: Shock): string {
  if (deck === "policy") return effectSaid(effect, rate, amount);
  return t("ui.moment.shock.market", { up: t(`sector.${up}`), down: t(`sector.${down}`) });
}

export function shockSentence(_: View, moment: Shock): string {
  return inARow([shockTitle(moment), does(moment)].filter(Boolean));
}

export function ShockCard({ moment }: { moment: Shock }) {
  const { up, down } = moment;
  const story = `${moment.deck}.${moment.card}.text`;
  return (
    <Card teeth={2}>
      <Head moment={moment} title={shockTitle(moment)} picture={<Sym name={moment.deck} size={32} />} />
      <p>
        <b>{does(moment)}</b>
      </p>
      {moment.deck === "market" && up && down ? (
        <p class="row">
          <SectorTile sector={up} size={24} /> + <SectorTile sector={down} size={24} /> −
        </p>
      ) : null}
      {has(story) ? <p class="meta">{t(story)}</p> : null}
    </Card>
  );
}
