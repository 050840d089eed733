// A grant: what came into the till, or, for whoever gave it, whether the government pays it back.
import { Card } from "../../../parts/pictures/card";
import { Token } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { spaceName, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { signed } from "../../../texts/numbers";
import type { Gift } from "../kinds";
import { Head, Moved, Row } from "./pieces";

export function grantSentence(view: View, { outcome, venture, space, credits, back }: Gift): string {
  const named = { venture: ventureName(view, venture), space: spaceName(view, space) };
  return t(`ui.moment.grant.${outcome}`, { ...named, credits, back });
}

export function GrantCard({ moment }: { moment: Gift }) {
  const { view } = useRoom();
  const { outcome, venture, space, credits, back, till } = moment;
  return (
    <Card teeth={2}>
      <Head
        moment={moment}
        about={ventureName(view, venture)}
        title={grantSentence(view, moment)}
        picture={outcome === "given" ? <Token seat={space} /> : undefined}
      />
      <ul>
        {till ? (
          <Row name={t("ui.moment.grant.till")}>
            <Moved change={till} />
          </Row>
        ) : null}
        {outcome === "given" ? null : (
          <>
            <Row name={t("ui.moment.grant.gave")}>
              <b class="amount">{signed(-credits)}</b>
            </Row>
            <Row name={t("ui.moment.grant.back")}>
              <b class={`amount ${back > 0 ? "good" : ""}`}>{signed(back)}</b>
            </Row>
          </>
        )}
      </ul>
      <p class="meta">{t(`ui.moment.grant.${outcome}.next`)}</p>
    </Card>
  );
}
