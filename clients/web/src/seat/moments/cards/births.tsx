// Tenants of mine that were born: why the treasury holds more than before.
import { Card } from "../../../parts/pictures/card";
import { useRoom } from "../../../store/context";
import { ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t, tn } from "../../../texts";
import { inARow, listed, signed } from "../../../texts/numbers";
import type { Births } from "../kinds";
import { Head, Row } from "./pieces";

function names(view: View, { ventures }: Births): string {
  return listed(ventures.map((venture) => ventureName(view, venture)));
}

function birthsTitle({ ventures }: Births): string {
  return tn("ui.moment.births", ventures.length);
}

export function birthsSentence(view: View, moment: Births): string {
  return inARow([birthsTitle(moment), t("ui.moment.births.say", { names: names(view, moment), n: moment.paid })]);
}

export function BirthsCard({ moment }: { moment: Births }) {
  const { view } = useRoom();
  return (
    <Card teeth={2}>
      <Head moment={moment} title={birthsTitle(moment)} />
      <p>{names(view, moment)}</p>
      <ul>
        <Row name={t("reason.birth_grant")}>
          <b class="amount good">{signed(moment.paid)}</b>
        </Row>
      </ul>
      <p class="meta">{t("ui.moment.births.next")}</p>
    </Card>
  );
}
