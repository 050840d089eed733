// The pitch that I heard: how much people would love the idea, as I alone know now.
import { Card } from "../../../parts/pictures/card";
import { SectorTile } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { inARow, range } from "../../../texts/numbers";
import type { Heard } from "../kinds";
import { Head } from "./pieces";

function heardTitle(view: View, { venture }: Heard): string {
  return t("ui.moment.heard", { venture: ventureName(view, venture) });
}

function known({ lo, hi }: Heard): string {
  return t("ui.moment.heard.appeal", { appeal: range(lo, hi) });
}

export function heardSentence(view: View, moment: Heard): string {
  return inARow([heardTitle(view, moment), known(moment)]);
}

export function HeardCard({ moment }: { moment: Heard }) {
  const { view } = useRoom();
  const venture = view.find("venture", moment.venture);
  return (
    <Card teeth={2}>
      <Head moment={moment} title={heardTitle(view, moment)} />
      <p class="row">
        <SectorTile sector={venture?.sector ?? ""} size={24} />
        <b>{known(moment)}</b>
      </p>
      <p class="meta">{t("ui.moment.heard.next")}</p>
    </Card>
  );
}
