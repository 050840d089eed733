// What came of my wild card: whom it let in or spared, or who closed while it stayed in my hand.
import { Card } from "../../../parts/pictures/card";
import { Token } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { seatName, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import type { WildCard } from "../kinds";
import { Head, isLastSeason } from "./pieces";

export function wildCardSentence(view: View, { outcome, whom, venture }: WildCard): string {
  const who = whom ? seatName(view, whom) : "";
  return t(`ui.moment.wild_card.${outcome}`, { who, venture: venture ? ventureName(view, venture) : "" });
}

const SPEAK_OF_NEXT = ["spared", "badge_spared", "unplayed"];

/** Return whether what is to come speaks of a season that will not be. */
function isOver(view: View, { season, outcome }: WildCard): boolean {
  return SPEAK_OF_NEXT.includes(outcome) && isLastSeason(view, season);
}

export function WildCardCard({ moment }: { moment: WildCard }) {
  const { view } = useRoom();
  const { outcome, whom, venture, why } = moment;
  const about = whom || (view.find("venture", venture)?.lead ?? 0);
  return (
    <Card teeth={2}>
      <Head
        moment={moment}
        title={wildCardSentence(view, moment)}
        picture={about ? <Token seat={about} /> : undefined}
      />
      {why ? <p>{t(`ui.moment.wild_card.unused.${why}`)}</p> : null}
      {isOver(view, moment) ? null : <p class="meta">{t(`ui.moment.wild_card.${outcome}.next`)}</p>}
    </Card>
  );
}
