// Figures of several tables, each on a scale of its own: a numbered mark for each table, over the band of what usually
// happens in games of bots. Console and wall have it alike; it names nobody.
import type { Compared } from "../../store/compared";
import { t } from "../../texts";
import { inARow } from "../../texts/numbers";
import "./strips.css";

const EDGE = 4; // per cent of a scale on each side

interface StripsProps {
  compared: Compared;
  figures: readonly string[];
}

export function Strips({ compared, figures }: StripsProps) {
  return (
    <ul class="strips">
      {figures.map((name) => (
        <Strip key={name} compared={compared} name={name} />
      ))}
    </ul>
  );
}

function Strip({ compared, name }: { compared: Compared; name: string }) {
  const usual = compared.usual?.figures[name];
  const marks = compared.tables.flatMap(({ table, figures }) => {
    const value = figures[name];
    return value === undefined ? [] : [{ table, value }];
  });
  const at = scale([...marks.map(({ value }) => value), ...(usual ?? [])]);
  const named = new Set(compared.named.filter(({ figure }) => figure === name).map(({ table }) => table));
  return (
    <li>
      <span class="strip-name">{t(`ui.class.compare.figure.${name}`)}</span>
      <div class="strip-scale" role="img" aria-label={said(marks)}>
        {usual ? (
          <i class="strip-usual" style={{ left: `${at(usual[0])}%`, width: `${at(usual[2]) - at(usual[0])}%` }} />
        ) : null}
        {together(marks, at).map(({ tables, left }) => (
          <b
            key={tables[0]}
            class={tables.some((table) => named.has(table)) ? "named" : ""}
            style={{ left: `${left}%`, translate: `${-left}%` }}
            aria-hidden="true"
          >
            {tables.join(" ")}
          </b>
        ))}
      </div>
      <span class="strip-ends number">{ends(marks)}</span>
    </li>
  );
}

interface Mark {
  table: number;
  value: number;
}

function scale(values: readonly number[]): (value: number) => number {
  const low = Math.min(...values);
  const wide = Math.max(...values) - low || 1;
  return (value) => EDGE + ((100 - 2 * EDGE) * (value - low)) / wide;
}

const TOUCHING = 6; // per cent of a scale

/** Return marks from left to right; tables that would lie on each other share one. */
export function together(
  marks: readonly Mark[],
  at: (value: number) => number,
): readonly { tables: readonly number[]; left: number }[] {
  const ordered = [...marks].sort((one, other) => one.value - other.value || one.table - other.table);
  const found: { tables: number[]; left: number }[] = [];
  for (const { table, value } of ordered) {
    const last = found.at(-1);
    if (last && at(value) - last.left < TOUCHING) last.tables.push(table);
    else found.push({ tables: [table], left: at(value) });
  }
  return found;
}

function ends(marks: readonly Mark[]): string {
  const values = marks.map(({ value }) => value);
  const [low, high] = values.length > 0 ? [round(Math.min(...values)), round(Math.max(...values))] : ["", ""];
  return low === high ? low : `${low}–${high}`;
}

function said(marks: readonly Mark[]): string {
  return inARow(marks.map(({ table, value }) => t("ui.class.compare.at", { n: table, value: round(value) })));
}

/** Return a figure as people read it. */
export function round(value: number): string {
  return String(Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}

/** Who lies apart from the others, in a sentence each, or why nobody is named. */
export function WhoIsNamed({ compared }: { compared: Compared }) {
  const { named, can_name } = compared;
  if (!can_name || named.length === 0) {
    return <p class="note">{t(can_name ? "ui.class.compare.nobody" : "ui.class.compare.cannot_name")}</p>;
  }
  return (
    <ul class="strips-named">
      {named.map(({ table, figure, distance }) => (
        <li key={table}>
          {t(distance > 0 ? "ui.class.compare.higher" : "ui.class.compare.lower", {
            n: table,
            figure: t(`ui.class.compare.figure.${figure}`),
          })}
        </li>
      ))}
    </ul>
  );
}
