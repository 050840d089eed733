// The rows of the list: on a wide page by role in three columns, so that a class fits; on a phone, and of very many, in
// one column, of which those in view are drawn. A row is one button: face, name, place, and how the seat stands.
import { useEffect, useRef } from "preact/hooks";
import { Sym } from "../../parts/pictures/sprite";
import { displayWidth } from "../../parts/pictures/text_width";
import { Token } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import type { Seat } from "../../store/entities";
import { wholeName } from "../../store/names";
import { has, t } from "../../texts";
import { Icon } from "../icons";
import { useSelection } from "../selection";
import { useRowsInView } from "./rows_in_view";
import { columnsOf, rowsIn } from "./seat_columns";
import { isException, minutesAway, playedBy, type Row } from "./seat_states";
import { place, roleOf, seenText } from "./seat_words";

/** Bring the focus to the row that a key has gone to, wherever it is drawn. */
function useReach(box: { current: HTMLElement | null }, show?: (seat: number) => void): void {
  const selection = useSelection();
  useEffect(() => {
    const seat = selection.row.peek();
    if (selection.reach.value === 0 || seat === undefined) return;
    show?.(seat);
    // a key that was pressed meanwhile has gone further
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-seat="${selection.row.peek()}"]`)?.focus(),
    );
  }, [selection.reach.value]);
}

const ROOMY = 12; // seats of which each has room for a name of two lines

/** Those of a role side by side; `parts` has them in the order in which keys go through them. */
export function Board({ parts }: { parts: readonly (readonly Row[])[] }) {
  const box = useRef<HTMLDivElement>(null);
  useReach(box);
  const sizes = parts.map((part) => part.length);
  const spans = columnsOf(sizes);
  const isRoomy = sizes.reduce((sum, size) => sum + size, 0) <= ROOMY;
  return (
    <div ref={box} class={isRoomy ? "seat-rows seat-board roomy" : "seat-rows seat-board"}>
      {parts.map((part, index) => (
        <Group key={part[0]?.seat.role} rows={part} span={spans[index] ?? 1} isFirst={index === 0} />
      ))}
    </div>
  );
}

function Group({ rows, span, isFirst }: { rows: readonly Row[]; span: number; isFirst: boolean }) {
  const role = rows[0]?.seat.role ?? "";
  const key = `ui.host.filter.${role}`;
  const id = `seats-of-${role}`;
  return (
    <section class="seat-group" data-role={role} style={{ gridColumn: `span ${span}` }}>
      <h3 id={id}>
        <Sym name={has(key) ? role : "maker"} size={20} /> {has(key) ? t(key) : role} <b>{rows.length}</b>
      </h3>
      <ul class="seats" aria-labelledby={id} style={{ "--columns": span, "--rows": rowsIn(rows.length, span) }}>
        {rows.map((row, index) => (
          <Line key={row.seat.id} row={row} isFirst={isFirst && index === 0} isHeaded />
        ))}
      </ul>
    </section>
  );
}

/** All in one column. */
export function Column({ rows }: { rows: readonly Row[] }) {
  const box = useRef<HTMLDivElement>(null);
  const { first, last, before, after, isCut, show } = useRowsInView(box, rows.length);
  useReach(box, (seat) => show(rows.findIndex((row) => row.seat.id === seat)));
  return (
    <div ref={box} class={isCut ? "seat-rows cut" : "seat-rows"}>
      <ul class="seats" aria-labelledby="seats-heading">
        {before > 0 ? <li key="before" class="undrawn" aria-hidden="true" style={{ height: `${before}px` }} /> : null}
        {rows.slice(first, last).map((row, index) => (
          <Line
            key={row.seat.id}
            row={row}
            isFirst={first + index === 0}
            {...(isCut ? { place: first + index + 1, of: rows.length } : {})}
          />
        ))}
        {after > 0 ? <li key="after" class="undrawn" aria-hidden="true" style={{ height: `${after}px` }} /> : null}
      </ul>
    </div>
  );
}

const NAME_ROOM = 11; // sizes of the larger letters

interface LineProps {
  row: Row;
  isFirst: boolean;
  /** Its role stands above it. */
  isHeaded?: boolean;
  /** Where it stands among how many, where not all are drawn. */
  place?: number;
  of?: number;
}

function Line({ row: { seat, state }, isFirst, isHeaded = false, place: at, of }: LineProps) {
  const { view } = useRoom();
  const selection = useSelection();
  const name = wholeName(view, seat.id);
  const isLong = displayWidth(name, 1) > NAME_ROOM;
  const isOpen = selection.seat.value === seat.id;
  const inTurn = selection.row.value === undefined ? isFirst : selection.row.value === seat.id;
  const open = (): void => {
    selection.row.value = seat.id;
    selection.seat.value = seat.id;
  };
  return (
    <li class="seat-row" aria-posinset={at} aria-setsize={of}>
      <button
        type="button"
        class={`${isOpen ? "chosen" : ""}${isException(state) ? " wants" : ""}`}
        data-seat={seat.id}
        tabIndex={inTurn ? 0 : -1}
        aria-pressed={isOpen}
        onClick={open}
        onFocus={() => (selection.row.value = seat.id)}
      >
        <Token seat={seat.id} small />
        <span class="who">
          <bdi class={isLong ? "long" : ""}>{name}</bdi>
          <Below seat={seat} isHeaded={isHeaded} />
        </span>
        <Standing seat={seat} state={state} />
      </button>
    </li>
  );
}

/** Where the seat is, and who plays it where that is not its own person; its role, unless the heading says it. */
function Below({ seat, isHeaded }: { seat: Seat; isHeaded: boolean }) {
  const room = useRoom();
  const isInvestor = seat.role === "investor"; // it has no place: its kind stands there
  const pieces = [
    ["role", isHeaded && !isInvestor ? "" : roleOf(room, seat)],
    ["place", isInvestor ? "" : place(room, seat)],
    ["by", seat.by === "person" ? "" : t(`ui.host.by.${playedBy(seat)}`)],
  ].filter(([, text]) => text);
  return (
    <small class="below">
      {pieces.map(([name, text], index) => (
        <span key={name}>
          {index > 0 ? " · " : ""}
          <span class={name}>{text}</span>
        </span>
      ))}
    </small>
  );
}

const SIGN_ALONE = ["ready", "here", "waiting"]; // a check, a head or three dots say it

function Standing({ seat, state }: Pick<Row, "seat" | "state">) {
  const room = useRoom();
  const isAlone = SIGN_ALONE.includes(state);
  return (
    <span class={`state ${state}`}>
      {state === "free" ? null : <Icon name={state} size={isAlone ? 22 : 16} />}{" "}
      <span class={isAlone ? "unseen" : ""}>
        {t(`ui.host.standing.${state === "free" && seat.name ? "kept" : state}`)}
        {state === "away" && minutesAway(room, seat) ? ` ${seenText(room, seat)}` : ""}
      </span>
    </span>
  );
}
