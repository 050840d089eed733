// Offers: the inbox of term sheets, and the sheet on which terms are written.
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Confirm, Sheet as Dialog } from "../../parts/controls/sheet";
import { Pill, useSteady } from "../../parts/controls/steady_list";
import { Stepper } from "../../parts/controls/stepper";
import { Card } from "../../parts/pictures/card";
import { Person } from "../../parts/pictures/tokens";
import type { Args } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Sheet } from "../../store/entities";
import { useKept } from "../../store/kept/use_kept";
import { boundsOf, optionsOf, type Schema } from "../../store/legal";
import { seatName, ventureName } from "../../store/names";
import { openSheets } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { t, tn } from "../../texts";
import { fieldName } from "../../texts/field_name";
import { about } from "../../texts/numbers";
import { useSheet } from "../around/sheet_address";
import { useAct } from "../question/choices";
import { Consequence } from "../question/consequence";
import { Terms } from "./mine_tab";

/** The other side of an offer: for a maker the investor, for an investor the venture. */
type Party = { investor: number } | { venture: number };

const FIELDS = ["credits", "hours", "shares", "fee"] as const;
const NOTHING: Args = { credits: 0, hours: 0, shares: 0, fee: 0 };
const STEPS: { readonly [field: string]: number } = { credits: 5, shares: 100 };

export function Inbox() {
  const room = useRoom();
  const accepting = useSheet("offer");
  const changing = useSheet("change");
  const { act, failure } = useAct();
  const answerable = optionsOf(room.command("answer_terms"), "sheet", room.view.hand).map(Number);
  const open = openSheets(room).filter((sheet) => answerable.includes(sheet.id));
  const theirs = open.filter((sheet) => !isOwn(room, sheet));
  const steady = useSteady(
    theirs.map((sheet) => sheet.id),
    "offers",
  );
  const shown = [
    ...open.filter((sheet) => isOwn(room, sheet)),
    ...steady.shown.flatMap((id) => room.view.find("sheet", id) ?? []),
  ];
  const answer = (sheet: Sheet, word: string) => act("answer_terms", { sheet: sheet.id, answer: word });
  return (
    <section class="stack tight">
      <Pill steady={steady} kind="offers" />
      {shown.length === 0 && steady.fresh === 0 ? <p class="note">{t("ui.no_offers")}</p> : null}
      <div class="cards">
        {shown.map((sheet) => (
          <Offer
            key={sheet.id}
            sheet={sheet}
            open={answerable.includes(sheet.id)}
            onAnswer={(word) => answer(sheet, word)}
            onOpen={(what) => (what === "accept" ? accepting : changing)[1](sheet.id)}
          />
        ))}
      </div>
      <Complaint failure={failure} />
      <Past but={shown.map((sheet) => sheet.id)} />
      <Opened accepting={accepting} changing={changing} onAccept={(sheet) => answer(sheet, "accept")} />
    </section>
  );
}

type OpenSheet = ReturnType<typeof useSheet>;

interface OpenedProps {
  accepting: OpenSheet;
  changing: OpenSheet;
  onAccept: (sheet: Sheet) => Promise<boolean>;
}

/** The offer that lies open, to be taken or answered by another one. */
function Opened({ accepting: [accepted, accept], changing: [changed, change], onAccept }: OpenedProps) {
  const room = useRoom();
  return (
    <>
      {openSheets(room).map((sheet) =>
        sheet.id === accepted ? (
          <Accept key={sheet.id} sheet={sheet} onClose={() => accept(undefined)} onAct={() => onAccept(sheet)} />
        ) : sheet.id === changed ? (
          <Composer
            key={sheet.id}
            party={partyOf(sheet, room.seat.value)}
            first={{ ...pick(sheet) }}
            onClose={() => change(undefined)}
          />
        ) : null,
      )}
    </>
  );
}

function isOwn(room: Room, sheet: Sheet): boolean {
  return (sheet.by === "maker") === (sheet.maker === room.seat.value);
}

interface OfferProps {
  sheet: Sheet;
  open: boolean;
  onAnswer: (word: string) => Promise<unknown>;
  onOpen: (what: "accept" | "change") => void;
}

function Offer({ sheet, open, onAnswer, onOpen }: OfferProps) {
  const room = useRoom();
  const own = isOwn(room, sheet);
  const other = sheet.maker === room.seat.value ? sheet.investor : sheet.maker;
  const name = seatName(room.view, other);
  const state = !open ? sheet.status : own ? "yours" : isCounter(room, sheet) ? "countered" : "new";
  return (
    <Card teeth={1}>
      <div class="head">
        <span class="grow">
          <Person seat={other} note={`#${sheet.number}`} />
        </span>
        <span class={state === "new" || state === "countered" ? "tag filled" : "tag"}>{t(`ui.offer.${state}`)}</span>
      </div>
      <p class="facts">
        <span>{ventureName(room.view, sheet.venture)}</span>
        <Terms {...sheet} track={room.view.find("investor", sheet.investor)?.speciality} />
      </p>
      {!open ? null : own ? (
        <div class="acts">
          <Button label={about(t("choice.withdraw"), name)} onClick={() => onAnswer("withdraw")}>
            {t("choice.withdraw")}
          </Button>
        </div>
      ) : (
        <div class="acts">
          <Button label={about(t("choice.no"), name)} onClick={() => onAnswer("decline")}>
            {t("choice.no")}
          </Button>
          <Button label={about(t("ui.change"), name)} onClick={() => onOpen("change")}>
            {t("ui.change")}
          </Button>
          <Button look="ink" label={about(t("choice.accept"), name)} onClick={() => onOpen("accept")}>
            {t("choice.accept")}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** Return whether an offer answers an earlier one of the same two. */
function isCounter(room: Room, sheet: Sheet): boolean {
  return room.view
    .all("sheet")
    .some((each) => each.id < sheet.id && each.venture === sheet.venture && each.investor === sheet.investor);
}

function partyOf(sheet: Sheet, seat: number): Party {
  return sheet.maker === seat ? { investor: sheet.investor } : { venture: sheet.venture };
}

function pick(sheet: Sheet): Args {
  return Object.fromEntries(FIELDS.map((field) => [field, sheet[field]]));
}

function Accept({ sheet, onClose, onAct }: { sheet: Sheet; onClose: () => void; onAct: () => Promise<unknown> }) {
  const room = useRoom();
  const other = sheet.maker === room.seat.value ? sheet.investor : sheet.maker;
  return (
    <Confirm
      title={t("ui.sign.title", { name: seatName(room.view, other) })}
      text={t("ui.sign.text")}
      act={t("choice.accept")}
      onClose={onClose}
      onAct={onAct}
    >
      <p class="facts">
        <Terms {...sheet} track={room.view.find("investor", sheet.investor)?.speciality} />
      </p>
      <Consequence command="answer_terms" args={{ sheet: sheet.id, answer: "accept" }} />
    </Confirm>
  );
}

/** What became of earlier offers: the newest of each two, those before it folded away. */
function Past({ but }: { but: readonly number[] }) {
  const room = useRoom();
  const past = room.view.all("sheet").filter((sheet) => sheet.status !== "open" && !but.includes(sheet.id));
  const pairs = new Map<string, Sheet[]>();
  for (const sheet of past)
    pairs.set(`${sheet.venture}:${sheet.investor}`, [
      sheet,
      ...(pairs.get(`${sheet.venture}:${sheet.investor}`) ?? []),
    ]);
  if (pairs.size === 0) return null;
  return (
    <ul class="stack tight">
      {[...pairs].map(([pair, [newest, ...earlier]]) => (
        <li key={pair} class="meta">
          {newest ? <Round sheet={newest} /> : null}
          {earlier.length > 0 ? (
            <details>
              <summary>{tn("ui.offer.earlier", earlier.length)}</summary>
              {earlier.map((sheet) => (
                <p key={sheet.id}>
                  <Round sheet={sheet} />
                </p>
              ))}
            </details>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Round({ sheet }: { sheet: Sheet }) {
  const room = useRoom();
  return (
    <>
      <bdi>{seatName(room.view, sheet.maker === room.seat.value ? sheet.investor : sheet.maker)}</bdi>{" "}
      <Terms {...sheet} track={room.view.find("investor", sheet.investor)?.speciality} />{" "}
      <span class="tag">{t(`ui.offer.${sheet.status}`)}</span>
    </>
  );
}

interface ComposerProps {
  party: Party;
  first?: Args;
  onClose: () => void;
}

/** Return between which credits an offer may lie: no more than the investor has, as the table shows it to all. */
function payable(room: Room, schema: Schema, investor: number): { min: number; max: number } {
  const { min, max } = boundsOf(schema, "credits");
  return { min, max: Math.max(min, Math.min(max, room.view.find("account", `investor:${investor}`)?.balance ?? max)) };
}

interface AmountProps {
  field: (typeof FIELDS)[number];
  schema: Schema;
  /** The seat that pays the credits. */
  payer: number;
  value: number;
  onChange: (value: number) => void;
}

function Amount({ field, schema, payer, value, onChange }: AmountProps) {
  const room = useRoom();
  const pays = payer === room.seat.value ? "ui.offer.you_pay" : "ui.offer.pays";
  return (
    <Stepper
      label={fieldName(field)}
      value={value}
      {...(field === "credits" ? payable(room, schema, payer) : boundsOf(schema, field))}
      note={field === "credits" ? t(pays, { name: seatName(room.view, payer) }) : undefined}
      step={STEPS[field] ?? 1}
      shares={field === "shares"}
      onChange={onChange}
    />
  );
}

/** The term sheet: four amounts with their live bounds, and what follows for oneself. */
export function Composer({ party, first = {}, onClose }: ComposerProps) {
  const room = useRoom();
  const schema = room.command("send_terms");
  const [terms, setTerms] = useKept<Args>(`terms ${JSON.stringify({ ...party, ...first })}`, { ...NOTHING, ...first });
  const name = "investor" in party ? seatName(room.view, party.investor) : ventureName(room.view, party.venture);
  const fields = FIELDS.filter((field) => schema?.properties?.[field]);
  const payer = "investor" in party ? party.investor : room.seat.value;
  const args: Args = { ...party, ...Object.fromEntries(fields.map((field) => [field, terms[field] ?? 0])) };
  const { act, failure } = useAct(args);
  const untouched = fields.every((field) => args[field] === (first[field] ?? 0));
  if (!schema) return null;
  return (
    <Dialog title={t("ui.offer_to", { name })} onClose={onClose}>
      <div class="stack">
        {fields.map((field) => (
          <div key={field}>
            <Amount
              field={field}
              schema={schema}
              payer={payer}
              value={Number(terms[field] ?? 0)}
              onChange={(value) => setTerms({ ...terms, [field]: value })}
            />
            {failure?.field === field ? <Complaint failure={failure} /> : null}
          </div>
        ))}
        {untouched && failure ? null : <Consequence command="send_terms" args={args} untouched={untouched} />}
        {failure && !fields.some((field) => field === failure.field) ? <Complaint failure={failure} /> : null}
        <p class="meta">{t("command.send_terms.help")}</p>
        <Button look="ink" onClick={async () => (await act("send_terms", args)) && onClose()}>
          {t("command.send_terms")}
        </Button>
      </div>
    </Dialog>
  );
}
