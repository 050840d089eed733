// The fair deal on its card, sent by one tap: what it comes to and what asking costs stand above the button, and until
// it is answered it can be taken back.
import type { ComponentChildren } from "preact";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import type { Args } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { boundsOf, startsOf } from "../../store/legal";
import { seatName, ventureName } from "../../store/names";
import { openSheets } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import { t } from "../../texts";
import { listed, number, percent } from "../../texts/numbers";
import { type Foreseen, useAct, useForesight } from "../question/choices";
import { FIELDS, type Party } from "./composer";

/** Return the whole fair deal with a party, or nothing where the rules know none for credits. */
function fairWith(room: Room, party: Party): Args | undefined {
  const schema = room.command("send_terms");
  const start = startsOf(schema, party);
  if (!start["credits"]) return undefined;
  const fields = FIELDS.filter((field) => schema?.properties?.[field]);
  const amounts = fields.map((field) => [field, start[field] ?? boundsOf(schema, field, party).min] as const);
  return { ...party, ...Object.fromEntries(amounts) };
}

/** Return whether an offer to a party lies open: it is changed where it lies, and not sent a second time. */
function isAsked(room: Room, party: Party): boolean {
  const own = openSheets(room).filter(({ by }) => by === room.role.value);
  return own.some(({ venture, investor }) =>
    "venture" in party ? venture === party.venture : investor === party.investor,
  );
}

/** What the deal says of the whole, what asking costs, and that it binds nobody yet. */
function saidOf(foreseen: Foreseen | undefined): string {
  const { search, worth } = foreseen?.numbers ?? {};
  const said = [
    worth === undefined ? "" : t("ui.offer.counts", { worth }),
    search ? t("ui.offer.asking", { search }) : "",
    t("ui.offer.back_short"),
  ];
  return listed(said.filter((each) => each !== ""));
}

/** Return whether a party has said no to this seat in this phase: then the fair deal is no longer what is sensible. */
export function hasDeclined(room: Room, party: Party): boolean {
  return room.view
    .all("sheet")
    .some(
      ({ venture, investor, by, status }) =>
        by === room.role.value &&
        status === "declined" &&
        ("venture" in party ? venture === party.venture : investor === party.investor),
    );
}

interface FairOfferProps {
  party: Party;
  /** Opens the sheet for other terms, where no other key does. */
  onOther?: () => void;
  /** What else can be done with the party, left of the button. */
  children?: ComponentChildren;
}

export function FairOffer({ party, onOther, children }: FairOfferProps) {
  const room = useRoom();
  const args = fairWith(room, party);
  const asked = isAsked(room, party);
  const foreseen = useForesight("send_terms", asked ? undefined : args);
  const { act, failure } = useAct(args ?? {});
  const { paused } = remaining(room);
  const name = "venture" in party ? ventureName(room.view, party.venture) : seatName(room.view, party.investor);
  const side = "venture" in party ? "short" : "ask";
  if (asked) return <div class="acts">{children}</div>;
  const isFine = args !== undefined && !foreseen?.failure;
  const terms = { credits: number(Number(args?.["credits"] ?? 0)), share: percent(Number(args?.["shares"] ?? 0)) };
  return (
    <>
      {isFine ? <p class="meta">{saidOf(foreseen)}</p> : null}
      <Complaint failure={failure} />
      <div class="acts">
        {children}
        {onOther ? (
          <Button look={isFine ? "plain" : "ink"} label={t("ui.offer.other_to", { name })} onClick={onOther}>
            {t("ui.offer.other")}
          </Button>
        ) : null}
        {isFine ? (
          <Button
            look="ink"
            disabled={paused}
            label={t(`ui.offer.${side}_to`, { ...terms, name })}
            onClick={() => act("send_terms", args)}
          >
            {t(`ui.offer.${side}`, terms)}
          </Button>
        ) : null}
      </div>
    </>
  );
}
