// The seats, one row each, exceptions on top: of their role on a wide page, of all on a phone. The order stands still
// while a pointer or the focus is inside, so that nothing moves under a finger.
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { useKeys } from "../../parts/controls/keys";
import { say } from "../../parts/page/live_regions";
import { useRoom } from "../../store/context";
import { ROLES, wholeName } from "../../store/names";
import { t, tn } from "../../texts";
import { about } from "../../texts/numbers";
import { useNarrow } from "../narrow";
import { useSelection } from "../selection";
import { Filters, kept } from "./filters";
import { MANY } from "./rows_in_view";
import { Board, Column } from "./seat_rows";
import { inPlace, isException, type Row, rowsOf, wishOf } from "./seat_states";

export function Seats() {
  const room = useRoom();
  const selection = useSelection();
  const filter = selection.filter.value;
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const all = rowsOf(room.view);
  const found = all.filter((row) => kept(room.view, row, filter));
  const isBoard = !useNarrow() && all.length <= MANY;
  const { parts, fresh, release } = useStill(isBoard ? inPlace(found) : found, isBoard ? byRole : whole, held.size > 0);
  const rows = parts.flat();
  const hold = (why: string, on: boolean): void =>
    setHeld((now) => new Set(on ? [...now, why] : [...now].filter((each) => each !== why)));
  useRowKeys(rows);
  useAnnounced(all);
  return (
    <section class="seat-list" aria-labelledby="seats-heading">
      <h2 id="seats-heading" class="unseen">
        {t("ui.host.seats")}
      </h2>
      <Filters all={all} filter={filter} onChange={selection.list} onDone={() => selection.goTo(rows[0]?.seat.id)} />
      <div
        class="seat-hold"
        onPointerEnter={() => hold("pointer", true)}
        onPointerLeave={() => hold("pointer", false)}
        onFocusIn={() => hold("focus", true)}
        onFocusOut={() => hold("focus", false)}
      >
        {rows.length === 0 ? <p class="meta">{t("ui.host.nobody")}</p> : null}
        {isBoard ? <Board parts={parts} /> : <Column rows={rows} />}
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

type Rows = readonly Row[];

const whole = (rows: Rows): Rows[] => [rows];

/** Return the rows of each role, in the order of the roles. */
export function byRole(rows: Rows): Rows[] {
  const order = [...ROLES, ...rows.map(({ seat }) => seat.role)];
  return [...new Set(order)]
    .map((role) => rows.filter(({ seat }) => seat.role === role))
    .filter((part) => part.length > 0);
}

/** Return how many exceptions stand below a seat that wants nothing. */
function fallenBehind(rows: Rows): number {
  const exceptions = rows.filter(({ state }) => isException(state)).length;
  return rows.slice(exceptions).filter(({ state }) => isException(state)).length;
}

interface Still {
  parts: readonly Rows[];
  /** How many exceptions would move to the top of their part. */
  fresh: number;
  release: () => void;
}

/** Return the rows, part by part, in an order that stands still while it is held. */
function useStill(rows: Rows, partsOf: (rows: Rows) => Rows[], held: boolean): Still {
  const order = useRef<readonly number[]>([]);
  const [, drawAnew] = useState(0);
  const sorted = rows.map(({ seat }) => seat.id);
  if (!held) order.current = sorted;
  const place = new Map(order.current.map((seat, index) => [seat, index]));
  const last = order.current.length;
  const still = [...rows].sort((one, other) => (place.get(one.seat.id) ?? last) - (place.get(other.seat.id) ?? last));
  const parts = partsOf(still);
  const fresh = parts.reduce((sum, part) => sum + fallenBehind(part), 0);
  const release = (): void => {
    order.current = sorted;
    drawAnew((count) => count + 1);
  };
  return { parts, fresh, release };
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
