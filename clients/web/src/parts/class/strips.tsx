// Figures of several tables, each on a scale of its own: a numbered mark for each table, over the band of what usually
// happens in games of bots. Console and wall have it alike; it names nobody.
import type { Compared } from "../../store/compared";
import { t } from "../../texts";
import { inARow, listed } from "../../texts/numbers";
import "./strips.css";

const EDGE = 4; // per cent of a scale on each side
const FEWEST_STEPS = 4; // of what people read, on a scale

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

/** Return where a value lies: what reads the same stands within a quarter of the scale, however alike the others. */
export function scale(values: readonly number[]): (value: number) => number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const wide = Math.max(most - least, FEWEST_STEPS * step(most));
  const low = (least + most - wide) / 2;
  return (value) => EDGE + ((100 - 2 * EDGE) * (value - low)) / wide;
}

// per cent of a scale at its narrowest: a mark at least, its edges, and a letter in it
const [LEAST, EDGES, LETTER] = [6, 3, 2];

interface Shared {
  readonly tables: readonly number[];
  readonly left: number;
}

/** Return where a mark begins and ends: the further right it stands, the further it reaches back. */
function reach({ tables, left }: Shared): readonly [number, number] {
  const wide = Math.max(LEAST, EDGES + LETTER * tables.join(" ").length);
  const start = left - (left * wide) / 100;
  return [start, start + wide];
}

/** Return marks from left to right; tables that would lie on each other share one. */
export function together(marks: readonly Mark[], at: (value: number) => number): readonly Shared[] {
  const ordered = [...marks].sort((one, other) => one.value - other.value || one.table - other.table);
  const found: Shared[] = [];
  for (const { table, value } of ordered) {
    let next: Shared = { tables: [table], left: at(value) };
    for (let last = found.at(-1); last && reach(last)[1] > reach(next)[0]; last = found.at(-1)) {
      next = { tables: [...last.tables, ...next.tables], left: last.left };
      found.pop();
    }
    found.push(next);
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
  return String(step(value) < 1 ? Math.round(value * 10) / 10 : Math.round(value));
}

/** Return the smallest difference that is shown of a figure. */
function step(value: number): number {
  return Math.abs(value) < 10 ? 0.1 : 1;
}

/** Who lies apart from the others, in a sentence each, or why nobody is named; and which tables are not among them. */
export function WhoIsNamed({ compared }: { compared: Compared }) {
  const leftOut = compared.tables.filter(({ apart, figures }) => !apart && Object.keys(figures).length > 0);
  return (
    <>
      <Named compared={compared} />
      {compared.can_name && leftOut.length > 0 ? (
        <p class="note">
          {t("ui.class.compare.left_out", {
            tables: listed(leftOut.map(({ table }) => t("ui.class.table", { n: table }))),
          })}
        </p>
      ) : null}
    </>
  );
}

function Named({ compared: { named, can_name, not_measured, lengths } }: { compared: Compared }) {
  if (!can_name || named.length === 0) {
    const why = not_measured ? `not_measured.${not_measured}` : can_name ? "nobody" : "cannot_name";
    const [seasons = 0, measured = 0] = lengths ?? [];
    return <p class="note">{t(`ui.class.compare.${why}`, { seasons, measured })}</p>;
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
