// The tenants of a space after a season's work: who moved on, who rolled in vain, and whom the workshop helped.
import { Card } from "../../../parts/pictures/card";
import { Sym } from "../../../parts/pictures/sprite";
import { useRoom } from "../../../store/context";
import { stageName, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t, tn } from "../../../texts";
import { inARow } from "../../../texts/numbers";
import type { Tenants } from "../kinds";
import { Head } from "./pieces";

type Work = Tenants["worked"][number];

function titleOf({ worked }: Tenants): string {
  const rolled = worked.filter((each) => each.rolled).length;
  const won = worked.filter((each) => each.won).length;
  return rolled === 0 ? t("ui.moment.tenants.none") : tn("ui.moment.tenants", won, { rolled });
}

function whatOf({ rolled, won, stage }: Work): string {
  if (won) return t("ui.moment.tenants.won", { stage: stageName(stage) });
  return t(rolled ? "ui.moment.tenants.missed" : "ui.moment.tenants.no_dice");
}

function helpOf({ hours, rolled }: Work): string {
  return hours === 0 ? "" : tn(rolled ? "ui.moment.tenants.helped" : "ui.moment.tenants.gave", hours);
}

export function tenantsSentence(view: View, moment: Tenants): string {
  const helped = moment.worked.filter((each) => each.hours > 0);
  return inARow([
    titleOf(moment),
    ...helped.map((each) =>
      t("ui.moment.tenants.each", {
        venture: ventureName(view, each.venture),
        said: inARow([whatOf(each), helpOf(each)]),
      }),
    ),
  ]);
}

export function TenantsCard({ moment }: { moment: Tenants }) {
  const { view } = useRoom();
  return (
    <Card teeth={3}>
      <Head moment={moment} title={titleOf(moment)} />
      <ul>
        {moment.worked.map((each) => (
          <li key={each.venture} class="moment-row stays">
            <div class="grow">
              <b>{ventureName(view, each.venture)}</b>
              <p>{whatOf(each)}</p>
              {each.hours > 0 ? <p class="good">{helpOf(each)}</p> : null}
            </div>
            {each.won ? <Sym name="check" size={22} color="var(--good)" /> : null}
          </li>
        ))}
      </ul>
      <p class="meta">{t("ui.moment.tenants.next")}</p>
    </Card>
  );
}
