// What my venture paid though it sold nothing: fees and rent come from its till.
import { Card } from "../../../parts/pictures/card";
import { useRoom } from "../../../store/context";
import { ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { inARow, signed } from "../../../texts/numbers";
import type { Paid } from "../kinds";
import { Head, Moved, Row } from "./pieces";

function paidTitle(view: View, { venture, till }: Paid): string {
  return t("ui.moment.paid", { venture: ventureName(view, venture), n: till.before - till.after });
}

export function paidSentence(view: View, moment: Paid): string {
  const { before, after } = moment.till;
  return inARow([paidTitle(view, moment), t("ui.moment.from_to", { before, after })]);
}

export function PaidCard({ moment }: { moment: Paid }) {
  const { view } = useRoom();
  const { fees, rent, till } = moment;
  return (
    <Card teeth={2}>
      <Head moment={moment} title={paidTitle(view, moment)} />
      <ul>
        {[
          { reason: "fee", amount: fees },
          { reason: "rent", amount: rent },
        ].map(({ reason, amount }) =>
          amount > 0 ? (
            <Row key={reason} name={t(`reason.${reason}`)}>
              <b class="amount">{signed(-amount)}</b>
            </Row>
          ) : null,
        )}
        <Row name={t("ui.moment.grant.till")}>
          <Moved change={till} />
        </Row>
      </ul>
      <p class="meta">{t("ui.moment.paid.next")}</p>
    </Card>
  );
}
