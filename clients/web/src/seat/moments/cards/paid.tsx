// What my venture paid though it sold nothing: fees and rent come from its till, and what it lacks from my own purse.
import { Card } from "../../../parts/pictures/card";
import { useRoom } from "../../../store/context";
import { ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { inARow, signed } from "../../../texts/numbers";
import type { Paid } from "../kinds";
import { Head, Moved, Row } from "./pieces";

function ownSum({ own }: Paid): number {
  return own ? own.materials + own.rent : 0;
}

function paidTitle(view: View, moment: Paid): string {
  const { venture, till } = moment;
  if (till.before <= till.after)
    return t("ui.moment.paid.own", { venture: ventureName(view, venture), n: ownSum(moment) });
  return t("ui.moment.paid", { venture: ventureName(view, venture), n: till.before - till.after });
}

export function paidSentence(view: View, moment: Paid): string {
  const { before, after } = moment.till;
  const moved = before > after;
  const own = ownSum(moment);
  return inARow([
    paidTitle(view, moment),
    moved ? t("ui.moment.from_to", { before, after }) : "",
    moved && own > 0 ? t("ui.moment.paid.own.too", { n: own }) : "",
  ]);
}

export function PaidCard({ moment }: { moment: Paid }) {
  const { view } = useRoom();
  const { fees, rent, till, own } = moment;
  const moved = till.before > till.after;
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
        {moved ? (
          <Row name={t("ui.moment.grant.till")}>
            <Moved change={till} />
          </Row>
        ) : null}
        {own ? <Own {...own} /> : null}
      </ul>
      <p class="meta">{t(own ? "ui.moment.paid.own.next" : "ui.moment.paid.next")}</p>
    </Card>
  );
}

/** What came out of the lead's own purse. */
function Own({ materials, rent }: NonNullable<Paid["own"]>) {
  return (
    <>
      {[
        { name: t("ui.moment.paid.own.materials"), amount: materials },
        { name: t("ui.moment.paid.own.rent"), amount: rent },
      ].map(({ name, amount }) =>
        amount > 0 ? (
          <Row key={name} name={name}>
            <b class="amount">{signed(-amount)}</b>
          </Row>
        ) : null,
      )}
    </>
  );
}
