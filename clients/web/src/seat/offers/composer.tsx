// The sheet on which terms are written: it opens with a fair deal, and says live what the terms come to.
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Sheet as Dialog } from "../../parts/controls/sheet";
import { Stepper } from "../../parts/controls/stepper";
import { Person } from "../../parts/pictures/tokens";
import type { Args, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Sheet } from "../../store/entities";
import { useKept } from "../../store/kept/use_kept";
import { boundsOf, type Schema, startsOf } from "../../store/legal";
import { seatName, ventureName } from "../../store/names";
import { dealsNow, mine } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import { t } from "../../texts";
import { fieldName } from "../../texts/field_name";
import { number } from "../../texts/numbers";
import { type Foreseen, useAct, useForesight } from "../question/choices";
import { Change, Kept, Line, linesClass, type Numbers, seasonsText, Till, Whole } from "./figures";
import { LostNote } from "./lost_note";

/** The other side of an offer: for a maker the investor, for an investor the venture. */
export type Party = { investor: number } | { venture: number };

export const FIELDS = ["credits", "shares", "hours", "fee"] as const;
type Field = (typeof FIELDS)[number];
const NOTHING: Args = { credits: 0, shares: 0, hours: 0, fee: 0 };
const STEPS: { readonly [field: string]: number } = { credits: 5, shares: 100 };
const FIRST: readonly Field[] = ["credits", "shares"];

export function partyOf(sheet: Sheet, seat: number): Party {
  return sheet.maker === seat ? { investor: sheet.investor } : { venture: sheet.venture };
}

/** Return how many deals these two have signed in this phase: what was written before one is not meant for the next. */
function signedWith(room: Room, party: Party): number {
  return dealsNow(room).filter((deal) =>
    "investor" in party ? deal.investor === party.investor : deal.venture === party.venture,
  ).length;
}

/** The terms on a sheet: as they were when it was opened before in this phase, else a fair deal or another's terms. */
function useTerms(party: Party, first: Args | undefined) {
  const room = useRoom();
  const schema = room.command("send_terms");
  const start: Args = first ?? startsOf(schema, party);
  const about = { ...party, ...first, signed: signedWith(room, party) };
  const [terms, set] = useKept<Args>(`terms ${JSON.stringify(about)}`, { ...NOTHING, ...start });
  const fields = FIELDS.filter((field) => schema?.properties?.[field]);
  const args: Args = { ...party, ...Object.fromEntries(fields.map((field) => [field, terms[field] ?? 0])) };
  const isUntouched = fields.every((field) => args[field] === (start[field] ?? 0));
  return {
    schema,
    fields,
    terms,
    args,
    isUntouched,
    isFair: !first && isUntouched && Number(start["credits"]) > 0,
    set,
  };
}

interface ComposerProps {
  party: Party;
  /** What another offer said, which this one answers or replaces. */
  first?: Args;
  onClose: () => void;
}

export function Composer({ party, first, onClose }: ComposerProps) {
  const room = useRoom();
  const written = useTerms(party, first);
  const { schema, fields, args, isFair } = written;
  const { send, refusal, missing, foreseen } = useSending(written);
  const { paused } = remaining(room);
  const name = "investor" in party ? seatName(room.view, party.investor) : ventureName(room.view, party.venture);
  const lead = "venture" in party ? room.view.find("venture", party.venture)?.lead : undefined;
  const reader = lead === undefined ? name : seatName(room.view, lead);
  if (!schema) return null;
  const about = { party, schema, written, refusal, search: foreseen?.numbers["search"] };
  return (
    <Dialog title={titleOf(party, name)} onClose={onClose}>
      <div class="stack">
        {lead === undefined ? null : <Person seat={lead} />}
        {isFair ? <span class="fair micro">{t("ui.offer.fair")}</span> : null}
        {missing ? <p class="meta">{missing.message}</p> : null}
        {refusal && !fields.some((field) => field === refusal.field) ? <Complaint failure={refusal} /> : null}
        <Amounts {...about} fields={fields.filter((field) => FIRST.includes(field))} />
        <Comes party={party} foreseen={foreseen} credits={Number(args["credits"] ?? 0)} />
        <Added {...about} fields={fields.filter((field) => !FIRST.includes(field))} />
        <LostNote />
        <Button look="ink" disabled={paused} onClick={async () => (await send()) && onClose()}>
          {t("ui.offer.send", { name: reader })}
        </Button>
        <p class="meta">{paused ? t("ui.offer.paused") : t("ui.offer.back", { name: reader })}</p>
      </div>
    </Dialog>
  );
}

function titleOf(party: Party, name: string): string {
  return "investor" in party ? t("ui.offer_to", { name }) : t("ui.offer.to_venture", { name });
}

type Written = ReturnType<typeof useTerms>;

/** Sends what is written, and tells what is wrong with it. */
function useSending({ args, isUntouched }: Written) {
  const { act, failure } = useAct(args);
  const found = useForesight("send_terms", args);
  const foreseen = found?.failure && found.isOld ? undefined : found; // it says of something else why not
  return {
    foreseen,
    refusal: failure ?? (isUntouched ? undefined : foreseen?.failure),
    /** What is not there yet, of which nobody is accused. */
    missing: isUntouched && !failure ? foreseen?.failure : undefined,
    send: (): Promise<boolean> => act("send_terms", args),
  };
}

interface AmountsProps {
  fields: readonly Field[];
  schema: Schema;
  party: Party;
  written: Written;
  /** What asking costs, once the server has said it. */
  search: number | undefined;
  refusal: Failure | undefined;
}

function Amounts({ fields, written: { terms, set }, ...about }: AmountsProps) {
  return (
    <>
      {fields.map((field) => (
        <Amount
          key={field}
          {...about}
          field={field}
          value={Number(terms[field] ?? 0)}
          onChange={(value) => set({ ...terms, [field]: value })}
        />
      ))}
    </>
  );
}

/** Hours and a fee, folded away until there are some. */
function Added(props: AmountsProps) {
  const { fields, written } = props;
  if (fields.length === 0) return null;
  return (
    <details class="added" open={fields.some((field) => Number(written.terms[field]) > 0)}>
      <summary>{t("ui.offer.more")}</summary>
      <div class="stack tight">
        <Amounts {...props} />
      </div>
    </details>
  );
}

interface AmountProps extends Pick<AmountsProps, "schema" | "party" | "search" | "refusal"> {
  field: Field;
  value: number;
  onChange: (value: number) => void;
}

function Amount({ field, schema, party, value, search, refusal, onChange }: AmountProps) {
  const room = useRoom();
  const bounds = boundsOf(schema, field, party);
  const isRefused = refusal?.field === field;
  return (
    <div class={isRefused ? "too-dear" : undefined}>
      <Stepper
        {...labelOf(room, field, party)}
        value={value}
        {...bounds}
        step={STEPS[field] ?? 1}
        shares={field === "shares"}
        live
        onChange={onChange}
      />
      {isRefused ? <Complaint failure={refusal} /> : null}
      {field === "credits" && value > 0 && value >= bounds.max ? (
        <p class="meta">{mostText(room, party, bounds.max, search)}</p>
      ) : null}
    </div>
  );
}

/** Return what a field is called from this side of the deal, and in one line what it is. */
function labelOf(room: Room, field: Field, party: Party): { label: string; hint?: string } {
  if (field !== "credits" && field !== "shares") return { label: fieldName(field) };
  const key = `ui.offer.${room.role.value === "maker" ? "maker" : "investor"}.${field}`;
  const name = "investor" in party ? seatName(room.view, party.investor) : "";
  return { label: t(key), hint: t(`${key}.what`, { name }) };
}

/** Return why there can be no more credits. */
function mostText(room: Room, party: Party, most: number, search: number | undefined): string {
  if ("investor" in party) return t("ui.offer.has_most", { name: seatName(room.view, party.investor), most });
  const have = mine(room).credits + setAside(room, party.venture);
  return search ? t("ui.offer.at_most", { have, search, most }) : t("ui.offer.most", { have, most });
}

/** Return what this seat's own open offer about a venture holds: a new one gets it back. */
function setAside({ view, seat }: Room, venture: number): number {
  const own = view
    .all("sheet")
    .filter((sheet) => sheet.venture === venture && sheet.investor === seat.value)
    .filter(({ by, status }) => by === "investor" && status === "open");
  return own.reduce((sum, { credits }) => sum + credits, 0);
}

/** What the terms come to: the whole's value first, then what they buy, and what changes for both. */
function Comes({ party, foreseen, credits }: { party: Party; foreseen: Foreseen | undefined; credits: number }) {
  const numbers: Numbers = foreseen?.numbers ?? {};
  const { before, after } = foreseen ?? {};
  const isKnown = foreseen !== undefined && !foreseen.failure;
  const search = numbers["search"] ?? 0;
  const isOwnTill = "investor" in party;
  return (
    <>
      <Whole numbers={numbers} isOld={foreseen?.isOld ?? false} />
      <dl class={linesClass(foreseen)} aria-label={t("ui.consequence")} aria-busy={foreseen?.isOld ?? true}>
        <Line name={t("ui.offer.buys")}>{seasonsText(numbers["buys"], numbers["left"])}</Line>
        <Line name={isOwnTill ? t("ui.offer.your_till") : t("ui.offer.till")}>
          <Till numbers={numbers} />
        </Line>
        {isOwnTill ? (
          <Line name={t("ui.offer.keeps")}>
            <Kept numbers={numbers} />
          </Line>
        ) : null}
        {isKnown && before?.credits === after?.credits ? null : (
          <Line name={<Purse credits={isOwnTill ? 0 : credits} search={search} />}>
            <Change before={isKnown ? before?.credits : undefined} after={isKnown ? after?.credits : undefined} />
          </Line>
        )}
        {isKnown && before?.hours !== after?.hours ? (
          <Line name={t("term.hours")}>
            <Change before={before?.hours} after={after?.hours} />
          </Line>
        ) : null}
      </dl>
    </>
  );
}

/** Whose credits change, and by what: the stake and the cost of asking. */
function Purse({ credits, search }: { credits: number; search: number }) {
  const parts =
    credits > 0 ? t("ui.offer.parts", { credits: number(credits), search }) : t("ui.offer.search", { search });
  return (
    <>
      {t("ui.offer.credits")} {search > 0 ? <span class="meta">{parts}</span> : null}
    </>
  );
}
