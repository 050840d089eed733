// The seats, one line each, exceptions on top. The order stands still while a pointer or the focus is inside, so that
// nothing moves under a finger; of many seats only those in view are drawn.
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { useKeys } from "../../parts/controls/keys";
import { say } from "../../parts/page/live_regions";
import { Token } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import type { Seat } from "../../store/entities";
import { kindName, spaceName, wholeName } from "../../store/names";
import { placeOf } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { has, t, tn } from "../../texts";
import { about, listed } from "../../texts/numbers";
import { Icon } from "../icons";
import { useSelection } from "../selection";
import { Filters, kept, NO_FILTER } from "./filters";
import { useRowsInView } from "./rows_in_view";
import { isException, minutesAway, playedBy, type Row, rowsOf, wishOf } from "./seat_states";

export function Seats() {
  const room = useRoom();
  const selection = useSelection();
  const [filter, setFilter] = useState(NO_FILTER);
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const all = rowsOf(room.view);
  const found = all.filter((row) => kept(room.view, row, filter));
  const { rows, fresh, release } = useStill(found, held.size > 0);
  const hold = (why: string, on: boolean): void =>
    setHeld((now) => new Set(on ? [...now, why] : [...now].filter((each) => each !== why)));
  useRowKeys(rows);
  useAnnounced(all);
  return (
    <section class="seat-list" aria-labelledby="seats-heading">
      <h2 id="seats-heading" class="unseen">
        {t("ui.host.seats")}
      </h2>
      <Filters all={all} filter={filter} onChange={setFilter} onDone={() => selection.goTo(rows[0]?.seat.id)} />
      <div
        class="seat-hold"
        onPointerEnter={() => hold("pointer", true)}
        onPointerLeave={() => hold("pointer", false)}
        onFocusIn={() => hold("focus", true)}
        onFocusOut={() => hold("focus", false)}
      >
        {rows.length === 0 ? <p class="meta">{t("ui.host.nobody")}</p> : <Table rows={rows} />}
        {fresh > 0 ? (
          <div class="fresh">
            <Button look="ink" onClick={release}>
              {tn("ui.host.fresh", fresh)}
            </Button>
          </div>
        ) : null}
      </div>
    </section>
  );
}

/** Say aloud who begins to ask for something; who has asked already is not said again. */
function useAnnounced(all: readonly Row[]): void {
  const { view } = useRoom();
  const known = useRef<ReadonlySet<string>>(undefined);
  const asking = all.flatMap(({ seat }) => (wishOf(view, seat.id) ? [`${seat.id} ${wishOf(view, seat.id)}`] : []));
  useEffect(() => {
    const fresh = asking.filter((each) => known.current && !known.current.has(each));
    known.current = new Set(asking);
    for (const [seat, wish] of fresh.map((each) => each.split(" ")))
      say(about(wholeName(view, Number(seat)), t(`ui.host.wants.${wish}`)));
  }, [asking.join()]);
}

/** Return the rows in an order that stands still while it is held, and how many exceptions would move to its top. */
function useStill(rows: readonly Row[], held: boolean): { rows: readonly Row[]; fresh: number; release: () => void } {
  const order = useRef<readonly number[]>([]);
  const [, drawAnew] = useState(0);
  const sorted = rows.map(({ seat }) => seat.id);
  if (!held) order.current = sorted;
  const place = new Map(order.current.map((seat, index) => [seat, index]));
  const last = order.current.length;
  const still = [...rows].sort((one, other) => (place.get(one.seat.id) ?? last) - (place.get(other.seat.id) ?? last));
  const exceptions = rows.filter(({ state }) => isException(state)).length;
  const fresh = still.slice(exceptions).filter(({ state }) => isException(state)).length;
  const release = (): void => {
    order.current = sorted;
    drawAnew((count) => count + 1);
  };
  return { rows: still, fresh, release };
}

/** ↑ ↓ go through the seats, H to the next one that wants something. */
function useRowKeys(rows: readonly Row[]): void {
  const selection = useSelection();
  const go = (by: number): void => {
    const here = rows.findIndex(({ seat }) => seat.id === selection.row.peek());
    const there = here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + by));
    selection.goTo(rows[there]?.seat.id);
  };
  const help = (): void => {
    const wanting = rows.filter(({ state }) => isException(state)).map(({ seat }) => seat.id);
    const next = wanting[(wanting.indexOf(selection.seat.peek() ?? 0) + 1) % wanting.length];
    selection.goTo(next);
    if (next !== undefined) selection.seat.value = next;
  };
  useKeys({ ARROWDOWN: () => go(1), ARROWUP: () => go(-1), H: help });
}

const COLUMNS = ["seat", "role", "place", "state", "seen", "by"];

function Table({ rows }: { rows: readonly Row[] }) {
  const box = useRef<HTMLDivElement>(null);
  const selection = useSelection();
  const { first, last, before, after, isCut, show } = useRowsInView(box, rows.length);
  useEffect(() => {
    if (selection.reach.value === 0) return;
    show(rows.findIndex(({ seat }) => seat.id === selection.row.peek()));
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-seat="${selection.row.peek()}"]`)?.focus(),
    );
  }, [selection.reach.value]);
  return (
    <div ref={box} class={isCut ? "seat-rows cut" : "seat-rows"}>
      <table class={useRoom().game.value.status === "lobby" ? "seats lobby" : "seats"} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" class={column}>
                {t(`ui.host.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: as high as the rows that are not drawn, and empty */}
          {before > 0 ? <tr key="before" aria-hidden="true" style={{ height: `${before}px` }} /> : null}
          {rows.slice(first, last).map((row, index) => (
            <Line key={row.seat.id} row={row} number={first + index} isFirst={first + index === 0} />
          ))}
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: as high as the rows that are not drawn, and empty */}
          {after > 0 ? <tr key="after" aria-hidden="true" style={{ height: `${after}px` }} /> : null}
        </tbody>
      </table>
    </div>
  );
}

function Line({ row: { seat, state }, number, isFirst }: { row: Row; number: number; isFirst: boolean }) {
  const room = useRoom();
  const selection = useSelection();
  const isOpen = selection.seat.value === seat.id;
  const inTurn = selection.row.value === undefined ? isFirst : selection.row.value === seat.id;
  const open = (): void => {
    selection.row.value = seat.id;
    selection.seat.value = seat.id;
  };
  return (
    <tr
      class={`${isOpen ? "chosen " : ""}${isException(state) ? "wants" : ""}`}
      aria-rowindex={number + 2}
      onClick={open}
    >
      <td class="name">
        <button
          type="button"
          class="person"
          data-seat={seat.id}
          tabIndex={inTurn ? 0 : -1}
          aria-pressed={isOpen}
          onFocus={() => (selection.row.value = seat.id)}
        >
          <span class="mono number">{String(seat.id).padStart(2, "0")}</span>
          <Token seat={seat.id} small />
          <bdi>{wholeName(room.view, seat.id)}</bdi>
        </button>
      </td>
      <td class="role">{roleOf(room, seat)}</td>
      <td class="place">{place(room, seat)}</td>
      <td class={`state ${state}`}>
        <Icon name={state} /> {t(`ui.host.standing.${state}`)}
      </td>
      <td class="seen">{seenText(room, seat)}</td>
      <td class="by">{t(`ui.host.by.${playedBy(seat)}`)}</td>
    </tr>
  );
}

export function seenText(room: Room, seat: Seat): string {
  const minutes = minutesAway(room, seat);
  if (minutes === undefined) return seat.by === "person" ? t("ui.host.seen.now") : "";
  return minutes === 0 ? t("ui.host.seen.just") : tn("ui.host.seen", minutes);
}

export function roleOf(room: Room, seat: Seat): string {
  const investor = room.view.find("investor", seat.id);
  const key = `role.${seat.role}`;
  if (investor) return kindName(investor.type, investor.speciality);
  return has(key) ? t(key) : seat.role;
}

export function place(room: Room, seat: Seat): string {
  if (room.game.value.status === "lobby") return "";
  if (seat.role === "maker") return spaceName(room.view, placeOf(room, seat.id));
  if (seat.role === "operator") return spaceName(room.view, seat.id);
  const badges = room.view.find("investor", seat.id)?.badges ?? [];
  return listed(badges.map((space) => spaceName(room.view, space)));
}
