// Ventures to look at and to make offers to: those with one's own money first, then the best by what one knows, and
// those last of which nothing is known.
import { Button } from "../../../parts/controls/button";
import { Card } from "../../../parts/pictures/card";
import { useRoom } from "../../../store/context";
import type { Venture } from "../../../store/entities";
import { optionsOf, startsOf } from "../../../store/legal";
import { ventureName } from "../../../store/names";
import { dealsNow, holding, mine } from "../../../store/own_seat";
import type { Room } from "../../../store/room";
import { t } from "../../../texts";
import { about, inARow, number, percent } from "../../../texts/numbers";
import { useSheet } from "../../around/sheet_address";
import { Composer } from "../../offers/composer";
import { FairOffer, hasDeclined } from "../../offers/fair_offer";
import { knownSpan, TargetHead } from "../../question/about_people";
import { LookButton } from "./paid_look";

const UNKNOWN = -6; // under the least that is known of any

/** Return ventures in the order in which this investor wants to read them. */
export function byWhatIsKnown(room: Room, ventures: readonly number[]): number[] {
  const worth = (id: number): readonly number[] => {
    const venture = room.view.find("venture", id);
    const span = knownSpan(room, id);
    return [holdingOf(room, venture), isOfThesis(room, venture) ? 1 : 0, span ? span.lo + span.hi : UNKNOWN];
  };
  const known = new Map(ventures.map((id) => [id, worth(id)]));
  const difference = (one: number, other: number): number =>
    (known.get(other) ?? []).map((value, index) => value - (known.get(one)?.[index] ?? 0)).find((by) => by !== 0) ?? 0;
  return [...ventures].sort((one, other) => difference(one, other) || one - other);
}

/** Return an order in which what one holds most of comes first; those of which one holds nothing stay as they are. */
export function ownFirst(room: Room, ventures: readonly number[]): number[] {
  const held = (id: number): number => holdingOf(room, room.view.find("venture", id));
  return [...ventures].sort((one, other) => held(other) - held(one));
}

/** Return the shares of a venture that this seat holds, and what it has just signed for: the table shows that later. */
export function holdingOf(room: Room, venture: Venture | undefined): number {
  if (!venture) return 0;
  const signed = dealsNow(room).filter((deal) => deal.venture === venture.id && deal.credits > 0);
  return signed.reduce((sum, deal) => sum + deal.shares, holding(venture, room.seat.value));
}

function isOfThesis(room: Room, venture: Venture | undefined): boolean {
  return mine(room).investor?.thesis_sectors?.includes(venture?.sector ?? "") ?? false;
}

export function Targets() {
  const room = useRoom();
  const { view } = room;
  const [offer, setOffer] = useSheet("terms");
  const looks = optionsOf(room.command("look"), "venture", view.hand).map(Number);
  const offers = optionsOf(room.command("send_terms"), "venture", view.hand).map(Number);
  const all = byWhatIsKnown(room, [...new Set([...offers, ...looks])]);
  // what is sensible takes one tap
  const best = all.find((id) => offers.includes(id) && !hasDeclined(room, { venture: id }));
  const holds = all.some((id) => holdingOf(room, room.view.find("venture", id)) > 0);
  if (all.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("ui.table.ventures")}</h2>
      <p class="meta">{t(holds ? "ui.offer.targets.own" : "ui.offer.targets")}</p>
      <div class="cards">
        {all.map((id) => (
          <Card key={id} teeth={2}>
            <TargetHead id={id} />
            <Reason id={id} />
            {id === best ? (
              <FairOffer party={{ venture: id }} onOther={() => setOffer(id)}>
                <LookButton venture={id} />
              </FairOffer>
            ) : (
              <div class="acts">
                <LookButton venture={id} />
                {offers.includes(id) ? <OfferButton venture={id} onOpen={() => setOffer(id)} /> : null}
              </div>
            )}
          </Card>
        ))}
      </div>
      {offer === undefined || !offers.includes(offer) ? null : (
        <Composer party={{ venture: offer }} onClose={() => setOffer(undefined)} />
      )}
    </section>
  );
}

/** Why a venture stands where it does, in one line. */
function Reason({ id }: { id: number }) {
  const room = useRoom();
  const venture = room.view.find("venture", id);
  const held = holdingOf(room, venture);
  const reasons = [
    held > 0 ? t("ui.offer.target.own", { share: percent(held) }) : "",
    isOfThesis(room, venture) ? t("ui.offer.target.sector") : "",
    knownSpan(room, id) ? "" : t("ui.offer.target.unknown"),
  ];
  const text = inARow(reasons);
  return text ? (
    <p>
      <b>{text}</b>
    </p>
  ) : null;
}

/** Opens the sheet; the fair deal that it begins with stands on the button. */
function OfferButton({ venture, onOpen }: { venture: number; onOpen: () => void }) {
  const room = useRoom();
  const { credits = 0, shares = 0 } = startsOf(room.command("send_terms"), { venture });
  const terms = { credits: number(credits), share: percent(shares) };
  const name = ventureName(room.view, venture);
  return (
    <Button
      look="ink"
      label={credits > 0 ? t("ui.offer.short_to", { ...terms, name }) : about(t("ui.offer"), name)}
      onClick={onOpen}
    >
      {credits > 0 ? t("ui.offer.short", terms) : t("ui.offer")}
    </Button>
  );
}
