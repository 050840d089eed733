// Offers: what is asked of me first, people before bots, then my own that wait for an answer.
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Pill, useSteady } from "../../parts/controls/steady_list";
import { Card } from "../../parts/pictures/card";
import { Person } from "../../parts/pictures/tokens";
import type { Args } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Sheet } from "../../store/entities";
import { optionsOf } from "../../store/legal";
import { seatName, ventureName } from "../../store/names";
import { openSheets } from "../../store/own_seat";
import { isPerson, peopleFirst } from "../../store/people_first";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import { t, tn } from "../../texts";
import { about } from "../../texts/numbers";
import { useSheet } from "../around/sheet_address";
import { useAct, useForesight } from "../question/choices";
import { Terms } from "../tabs/mine_tab";
import { Composer, FIELDS, partyOf } from "./composer";
import { SayNo } from "./say_no";
import { Sign } from "./sign";
import "./offers.css";

/** The offers that lie open: those of others in the order in which they are shown, then one's own. */
function useOpenOffers() {
  const room = useRoom();
  const answerable = optionsOf(room.command("answer_terms"), "sheet", room.view.hand).map(Number);
  const open = openSheets(room).filter((sheet) => answerable.includes(sheet.id));
  const theirs = peopleFirst(
    room.view,
    open.filter((sheet) => !isOwn(room, sheet)),
    (sheet) => otherOf(room, sheet),
  );
  const steady = useSteady(
    theirs.map((sheet) => sheet.id),
    "offers",
  );
  const asked = steady.shown.flatMap((id) => room.view.find("sheet", id) ?? []);
  const shown = [...asked, ...open.filter((sheet) => isOwn(room, sheet))];
  return { answerable, steady, shown, from: asking(room, theirs, steady.waiting) };
}

export function Inbox() {
  const room = useRoom();
  const accepting = useSheet("offer");
  const changing = useSheet("change");
  const { act, failure } = useAct();
  const { answerable, steady, shown, from } = useOpenOffers();
  const answer = (sheet: Sheet, word: string, why: Args = {}) =>
    act("answer_terms", { sheet: sheet.id, answer: word, ...why });
  return (
    <section class="stack tight">
      <Pill steady={steady} kind="offers" from={from} />
      {steady.fresh === 0 && room.view.all("sheet").length === 0 ? <p class="note">{t("ui.no_offers")}</p> : null}
      <div class="cards">
        {shown.map((sheet) => (
          <Offer
            key={sheet.id}
            sheet={sheet}
            open={answerable.includes(sheet.id)}
            onAnswer={(word, why) => answer(sheet, word, why)}
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
          <Sign key={sheet.id} sheet={sheet} onClose={() => accept(undefined)} onAct={() => onAccept(sheet)} />
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

function otherOf(room: Room, sheet: Sheet): number {
  return sheet.maker === room.seat.value ? sheet.investor : sheet.maker;
}

/** Return the name of the first person whose offer waits to be shown, and nothing where all are bots'. */
function asking(room: Room, sheets: readonly Sheet[], waiting: readonly number[]): string | undefined {
  const others = sheets.filter((sheet) => waiting.includes(sheet.id)).map((sheet) => otherOf(room, sheet));
  const first = others.find((seat) => isPerson(room.view, seat));
  return first === undefined ? undefined : seatName(room.view, first);
}

function isOwn(room: Room, sheet: Sheet): boolean {
  return (sheet.by === "maker") === (sheet.maker === room.seat.value);
}

interface OfferProps {
  sheet: Sheet;
  open: boolean;
  onAnswer: (word: string, why?: Args) => Promise<unknown>;
  onOpen: (what: "accept" | "change") => void;
}

function Offer({ sheet, open, onAnswer, onOpen }: OfferProps) {
  const room = useRoom();
  const own = isOwn(room, sheet);
  const other = otherOf(room, sheet);
  const state = !open ? sheet.status : own ? "yours" : isCounter(room, sheet) ? "countered" : "new";
  return (
    <Card teeth={1}>
      <div class="head">
        <span class="grow">
          <Person seat={other} />
        </span>
        <span class={state === "new" || state === "countered" ? "tag filled" : "tag"}>{t(`ui.offer.${state}`)}</span>
      </div>
      <p class="facts">
        <span>{ventureName(room.view, sheet.venture)}</span>
        <Terms {...sheet} track={room.view.find("investor", sheet.investor)?.speciality} />
        {open && !own && sheet.credits > 0 && sheet.shares > 0 ? <Worth sheet={sheet} /> : null}
      </p>
      {open ? <Acts own={own} to={other} onAnswer={onAnswer} onOpen={onOpen} /> : null}
    </Card>
  );
}

interface ActsProps extends Pick<OfferProps, "onAnswer" | "onOpen"> {
  own: boolean;
  /** Who is on the other side. */
  to: number;
}

/** What may be done with an open offer. While the room is paused it may be planned with, and not answered. */
function Acts({ own, to, onAnswer, onOpen }: ActsProps) {
  const room = useRoom();
  const { paused } = remaining(room);
  const name = seatName(room.view, to);
  const button = (word: string, onClick: () => unknown, more: { look?: "ink"; disabled?: boolean } = {}) => (
    <Button label={about(t(word), name)} onClick={onClick} {...more}>
      {t(word)}
    </Button>
  );
  const change = button("ui.change", () => onOpen("change"));
  if (own)
    return (
      <div class="acts">
        {button("choice.withdraw", () => onAnswer("withdraw"), { disabled: paused })}
        {change}
      </div>
    );
  return (
    <div class="acts">
      <SayNo to={to} disabled={paused} onNo={(why) => onAnswer("decline", why)} />
      {change}
      {button("choice.accept", () => onOpen("accept"), { look: "ink", disabled: paused })}
    </div>
  );
}

/** What an offer says of the whole, so that several can be compared at a glance. */
function Worth({ sheet }: { sheet: Sheet }) {
  const foreseen = useForesight("answer_terms", { sheet: sheet.id, answer: "accept" });
  if (foreseen?.failure && !foreseen.isOld) return <span class="warn">{foreseen.failure.message}</span>;
  const worth = foreseen?.numbers["worth"];
  return worth === undefined ? null : <span>{t("ui.offer.counts", { worth })}</span>;
}

/** Return whether an offer answers an earlier one of the same two. */
function isCounter(room: Room, sheet: Sheet): boolean {
  return room.view
    .all("sheet")
    .some((each) => each.id < sheet.id && each.venture === sheet.venture && each.investor === sheet.investor);
}

function pick(sheet: Sheet): Args {
  return Object.fromEntries(FIELDS.map((field) => [field, sheet[field]]));
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
      <bdi>{about(seatName(room.view, sheet.maker === room.seat.value ? sheet.investor : sheet.maker), "")}</bdi>{" "}
      <Terms {...sheet} track={room.view.find("investor", sheet.investor)?.speciality} />{" "}
      <span class="tag">{t(`ui.offer.${sheet.status}`)}</span>
    </>
  );
}
