// Each kind of moment with its card, and with the one sentence by which a screen reader and the story tell it.
import type { FunctionComponent } from "preact";
import type { Room } from "../../../store/room";
import type { View } from "../../../store/view";
import type { Kind, Moment, Of } from "../kinds";
import { BarCard, barSentence, RatedCard, ratedSentence, SpaceCard, spaceSentence } from "./appraised";
import { BirthsCard, birthsSentence } from "./births";
import { DeclinedCard, declinedSentence } from "./declined";
import { ArrivalsCard, arrivalsSentence, BadgeCard, badgeSentence, DoorCard, doorSentence } from "./door";
import { GrantCard, grantSentence } from "./grant";
import { HandshakeCard, handshakeSentence } from "./handshake";
import { HeardCard, heardSentence } from "./heard";
import { HoursCard, hoursSentence } from "./hours";
import { JoinedCard, joinedSentence } from "./joined";
import { FadedCard, fadedSentence, LearnedCard, learnedSentence, TaughtCard, taughtSentence } from "./learned";
import { SaleCard, saleSentence } from "./market";
import { PaidCard, paidSentence } from "./paid";
import { RollCard, rollSentence } from "./roll";
import { SeasonCard, seasonSentence } from "./season";
import { ShockCard, shockSentence } from "./shock";
import { SignedCard, signedSentence } from "./signed";
import { TenantsCard, tenantsSentence } from "./tenants";
import { UnrolledCard, unrolledSentence } from "./unrolled";
import { WildCardCard, wildCardSentence } from "./wild_card";

interface Telling<K extends Kind> {
  card: FunctionComponent<{ moment: Of<K> }>;
  sentence: (view: View, moment: Of<K>, seat: number) => string;
}

const TELLINGS: { readonly [K in Kind]: Telling<K> } = {
  door: { card: DoorCard, sentence: doorSentence },
  badge: { card: BadgeCard, sentence: badgeSentence },
  arrivals: { card: ArrivalsCard, sentence: arrivalsSentence },
  joined: { card: JoinedCard, sentence: joinedSentence },
  learned: { card: LearnedCard, sentence: learnedSentence },
  taught: { card: TaughtCard, sentence: taughtSentence },
  faded: { card: FadedCard, sentence: fadedSentence },
  heard: { card: HeardCard, sentence: heardSentence },
  births: { card: BirthsCard, sentence: birthsSentence },
  paid: { card: PaidCard, sentence: paidSentence },
  declined: { card: DeclinedCard, sentence: declinedSentence },
  grant: { card: GrantCard, sentence: grantSentence },
  wild_card: { card: WildCardCard, sentence: wildCardSentence },
  signed: { card: SignedCard, sentence: signedSentence },
  handshake: { card: HandshakeCard, sentence: handshakeSentence },
  hours: { card: HoursCard, sentence: hoursSentence },
  roll: { card: RollCard, sentence: rollSentence },
  unrolled: { card: UnrolledCard, sentence: unrolledSentence },
  tenants: { card: TenantsCard, sentence: tenantsSentence },
  market: { card: SaleCard, sentence: saleSentence },
  rated: { card: RatedCard, sentence: ratedSentence },
  space: { card: SpaceCard, sentence: spaceSentence },
  bar: { card: BarCard, sentence: barSentence },
  season: { card: SeasonCard, sentence: seasonSentence },
  shock: { card: ShockCard, sentence: shockSentence },
};

function tellingOf({ kind }: Moment): Telling<Kind> {
  return TELLINGS[kind] as unknown as Telling<Kind>;
}

export function MomentCard({ moment }: { moment: Moment }) {
  const Found = tellingOf(moment).card;
  return <Found moment={moment} />;
}

/** Return a moment of a seat as one sentence in the second person. */
export function sentenceOf({ view, seat }: Pick<Room, "view" | "seat">, moment: Moment): string {
  return tellingOf(moment).sentence(view, moment, seat.value);
}
