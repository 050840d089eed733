// Into a team: who with whom, for how much of it; or not this time, and what stands instead.
import { Card } from "../../../parts/pictures/card";
import { Person, Token } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { seatName, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { percent } from "../../../texts/numbers";
import type { Joined } from "../kinds";
import { Head, Row } from "./pieces";

/** Return whether a moment is told to the one who asked; the team reads the name. */
function isOwn({ maker }: Joined, seat: number): boolean {
  return maker === seat;
}

export function joinedSentence(view: View, moment: Joined, seat: number): string {
  const { isIn, maker, venture, shares } = moment;
  const own = isOwn(moment, seat);
  return t(`ui.moment.joined.${isIn ? (own ? "you" : "other") : "refused"}`, {
    who: seatName(view, maker),
    venture: ventureName(view, venture),
    shares: percent(shares),
  });
}

export function JoinedCard({ moment }: { moment: Joined }) {
  const { view, seat } = useRoom();
  const { maker, venture, isIn, shares } = moment;
  const lead = view.find("venture", venture)?.lead ?? 0;
  const own = isOwn(moment, seat.value);
  const isLead = lead === seat.value;
  return (
    <Card teeth={2}>
      <Head
        moment={moment}
        about={ventureName(view, venture)}
        title={joinedSentence(view, moment, seat.value)}
        picture={<Token seat={own ? lead : maker} />}
      />
      {isIn ? (
        <>
          {own ? <Person seat={lead} note={t("ui.moment.joined.leads")} /> : null}
          <ul>
            <Row name={t(own ? "ui.moment.signed.you_holds" : `ui.moment.joined.gets${isLead ? ".own" : ""}`)}>
              <b class="amount">{percent(shares)}</b>
            </Row>
          </ul>
        </>
      ) : null}
      <p class="meta">{t(`ui.moment.joined.${isIn ? "next" : "refused.next"}`)}</p>
    </Card>
  );
}
