// Which seats are listed: by how they stand, by role, by a few letters of the name. Toggles say how many there are.
import { useRef } from "preact/hooks";
import { useKeys } from "../../parts/controls/keys";
import { nobodyChooses } from "../../parts/results/nobody_chooses";
import { useRoom } from "../../store/context";
import { wholeName } from "../../store/names";
import type { View } from "../../store/view";
import { has, t } from "../../texts";
import { type Filter, NO_FILTER } from "./filter";
import { isException, type Row } from "./seat_states";

const GROUPS: { readonly [state: string]: (row: Row) => boolean } = {
  wants: ({ state }) => isException(state) && state !== "away",
  away: ({ state }) => state === "away",
  waiting: ({ isAwaited }) => isAwaited,
  ready: ({ state }) => state === "ready",
  here: ({ state }) => state === "here",
  free: ({ seat, state }) => state === "free" && !seat.name,
  kept: ({ seat, state }) => state === "free" && Boolean(seat.name),
  bots: ({ seat }) => seat.by === "bot",
};

const CHOOSING = ["waiting", "ready"];

export function kept(view: View, row: Row, { state, role, text }: Filter): boolean {
  if (state && !GROUPS[state]?.(row)) return false;
  if (role && row.seat.role !== role) return false;
  const wanted = text.trim().toLowerCase();
  return (
    !wanted ||
    wholeName(view, row.seat.id).toLowerCase().includes(wanted) ||
    String(row.seat.id).padStart(2, "0") === wanted
  );
}

interface FiltersProps {
  all: readonly Row[];
  filter: Filter;
  onChange: (filter: Filter) => void;
  /** Enter in the field: on to what was found. */
  onDone: () => void;
}

export function Filters({ all, filter, onChange, onDone }: FiltersProps) {
  return (
    <div class="filters" role="group" aria-label={t("ui.host.filter")}>
      <Toggle
        on={!filter.state && !filter.role}
        onChange={() => onChange({ ...NO_FILTER, text: filter.text })}
        label={t("ui.host.filter.all")}
        count={all.length}
      />
      <States all={all} filter={filter} onChange={onChange} />
      <Roles all={all} filter={filter} onChange={onChange} />
      <Find text={filter.text} onChange={(text) => onChange({ ...filter, text })} onDone={onDone} />
    </div>
  );
}

function States({ all, filter, onChange }: Omit<FiltersProps, "onDone">) {
  const room = useRoom();
  const isLobby = room.game.value.status === "lobby";
  const never = nobodyChooses(room) ? CHOOSING : [];
  const groups = Object.entries(GROUPS)
    .filter(([name]) => !never.includes(name))
    .map(([name, fits]) => [name, all.filter(fits).length] as const);
  const always = isLobby ? ["free", "here"] : CHOOSING;
  return (
    <>
      {groups
        .filter(([name, count]) => count > 0 || always.includes(name) || filter.state === name)
        .map(([name, count]) => (
          <Toggle
            key={name}
            on={filter.state === name}
            wants={name === "wants"}
            onChange={() => onChange({ ...filter, state: filter.state === name ? "" : name })}
            label={t(`ui.host.filter.${name}`)}
            count={count}
          />
        ))}
    </>
  );
}

function Roles({ all, filter, onChange }: Omit<FiltersProps, "onDone">) {
  const roles = [...new Set(all.map(({ seat }) => seat.role))];
  return (
    <span class="roles">
      {roles.length > 1
        ? roles.map((role) => (
            <Toggle
              key={role}
              on={filter.role === role}
              onChange={() => onChange({ ...filter, role: filter.role === role ? "" : role })}
              label={has(`ui.host.filter.${role}`) ? t(`ui.host.filter.${role}`) : role}
              count={all.filter(({ seat }) => seat.role === role).length}
            />
          ))
        : null}
    </span>
  );
}

function Find({ text, onChange, onDone }: { text: string; onChange: (text: string) => void; onDone: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  useKeys({ "/": () => field.current?.focus() });
  return (
    <input
      ref={field}
      type="search"
      aria-label={t("ui.host.find")}
      placeholder={t("ui.host.find.short")}
      value={text}
      onInput={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "ArrowDown") {
          event.preventDefault();
          onDone();
        } else if (event.key === "Escape") {
          onChange("");
          event.currentTarget.blur();
        }
      }}
    />
  );
}

function Toggle({
  on,
  wants = false,
  onChange,
  label,
  count,
}: {
  on: boolean;
  wants?: boolean;
  onChange: () => void;
  label: string;
  count: number;
}) {
  return (
    <button
      type="button"
      class={`toggle${on ? " on" : ""}${wants ? " wants" : ""}`}
      aria-pressed={on}
      onClick={onChange}
    >
      {label} <b class="mono">{count}</b>
    </button>
  );
}
