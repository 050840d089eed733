// The sheet that is about to be signed: what the venture has then, what each side gives, and what else lies open.
import { Confirm } from "../../parts/controls/sheet";
import { useRoom } from "../../store/context";
import type { Sheet } from "../../store/entities";
import { seatName, trackName, ventureName } from "../../store/names";
import { openSheets } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { t, tn } from "../../texts";
import { number, percent } from "../../texts/numbers";
import { type Foreseen, useForesight } from "../question/choices";
import { Terms } from "../tabs/mine_tab";
import { Change, Kept, Line, linesClass, NONE, type Numbers, seasonsText, Till } from "./figures";
import { LostNote } from "./lost_note";

interface SignProps {
  sheet: Sheet;
  onClose: () => void;
  onAct: () => Promise<unknown>;
}

export function Sign({ sheet, onClose, onAct }: SignProps) {
  const room = useRoom();
  const other = sheet.maker === room.seat.value ? sheet.investor : sheet.maker;
  const foreseen = useForesight("answer_terms", { sheet: sheet.id, answer: "accept" });
  return (
    <Confirm
      title={t("ui.sign.title", { name: seatName(room.view, other) })}
      text={t("ui.sign.text")}
      act={t("ui.offer.sign")}
      onClose={onClose}
      onAct={onAct}
    >
      <Pieces sheet={sheet} />
      {foreseen?.failure && !foreseen.isOld ? <p class="complaint">{foreseen.failure.message}</p> : null}
      <Lines sheet={sheet} foreseen={foreseen} />
      {othersOpen(room, sheet).map((each) => (
        <AlsoOpen key={each.id} sheet={each} />
      ))}
      <LostNote />
    </Confirm>
  );
}

/** Return the other open offers about the same venture that this seat could sign instead. */
function othersOpen(room: Room, sheet: Sheet): Sheet[] {
  return openSheets(room).filter(
    (each) => each.id !== sheet.id && each.venture === sheet.venture && each.by === sheet.by,
  );
}

/** What each side gives, as two boards whose joint fits; mine is on the left. */
function Pieces({ sheet }: { sheet: Sheet }) {
  const room = useRoom();
  const isMaker = sheet.maker === room.seat.value;
  const shares = {
    amount: percent(sheet.shares),
    of: t("ui.offer.of", { venture: ventureName(room.view, sheet.venture) }),
  };
  const stake = stakeOf(room, sheet);
  const [own, theirs] = isMaker ? [shares, stake] : [stake, shares];
  const other = seatName(room.view, isMaker ? sheet.investor : sheet.maker);
  const color = (role: string): { [name: string]: string } => ({ "--piece": `var(--${role})` });
  return (
    <div class="pieces">
      <div class="piece mine" style={color(isMaker ? "maker" : "investor")}>
        {t("ui.offer.you_give")} <b class="mono">{own.amount}</b> <span class="meta">{own.of}</span>
      </div>
      <div class="piece theirs" style={color(isMaker ? "investor" : "maker")}>
        {t("ui.offer.gives", { name: other })} <b class="mono">{theirs.amount}</b> <span class="meta">{theirs.of}</span>
      </div>
    </div>
  );
}

function stakeOf(room: Room, sheet: Sheet): { amount: string; of: string } {
  const track = room.view.find("investor", sheet.investor)?.speciality;
  const hours = tn("ui.terms.hours", sheet.hours, { track: track ? trackName(track) : "" });
  if (sheet.credits === 0)
    return { amount: number(sheet.hours), of: t("ui.offer.hours", { track: track ? trackName(track) : "" }) };
  return {
    amount: number(sheet.credits),
    of: sheet.hours > 0 ? t("ui.offer.credits_and", { hours }) : t("ui.offer.unit"),
  };
}

function Lines({ sheet, foreseen }: { sheet: Sheet; foreseen: Foreseen | undefined }) {
  const room = useRoom();
  const numbers: Numbers = foreseen?.numbers ?? {};
  const { before, after } = foreseen ?? {};
  const isMaker = sheet.maker === room.seat.value;
  const name = seatName(room.view, sheet.maker);
  return (
    <dl class={linesClass(foreseen)} aria-label={t("ui.consequence")} aria-busy={foreseen?.isOld ?? true}>
      <Line name={t("ui.offer.has", { venture: ventureName(room.view, sheet.venture) })}>
        <Till numbers={numbers} />
      </Line>
      <Line name={t("ui.offer.enough")}>{seasonsText(numbers["lasts"], numbers["left"])}</Line>
      <Line name={isMaker ? t("ui.offer.keeps") : t("ui.offer.lead_keeps", { name })}>
        <Kept numbers={numbers} />
      </Line>
      {sheet.credits > 0 && sheet.shares > 0 ? (
        <Line name={t("ui.offer.whole")}>
          <b class="mono">{numbers["worth"] === undefined ? NONE : number(numbers["worth"])}</b>
        </Line>
      ) : null}
      {sheet.fee > 0 ? <Line name={t("ui.offer.fee")}>{number(sheet.fee)}</Line> : null}
      {before && after && before.credits !== after.credits ? (
        <Line name={t("ui.offer.credits")}>
          <Change before={before.credits} after={after.credits} />
        </Line>
      ) : null}
      {before?.maker && after?.maker && before.maker.spirit !== after.maker.spirit ? (
        <Line name={t("ui.offer.spirit")}>
          <Change before={before.maker.spirit} after={after.maker.spirit} gain />
        </Line>
      ) : null}
    </dl>
  );
}

/** Another open offer in one line, with what it says of the whole. */
function AlsoOpen({ sheet }: { sheet: Sheet }) {
  const room = useRoom();
  const worth = useForesight("answer_terms", { sheet: sheet.id, answer: "accept" })?.numbers["worth"];
  const other = sheet.maker === room.seat.value ? sheet.investor : sheet.maker;
  return (
    <p class="also meta">
      {t("ui.offer.also", { name: seatName(room.view, other) })}{" "}
      <Terms {...sheet} track={room.view.find("investor", sheet.investor)?.speciality} />
      {worth === undefined ? null : ` ${t("ui.offer.counts", { worth })}`}
    </p>
  );
}
