// A chart as people get it: the finding as its title, the picture, a sentence, and a real table behind [As a table].
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../texts";
import { number } from "../../texts/numbers";
import { Button } from "../controls/button";
import "../results/figures.css";
import "./charts.css";

export interface Table {
  head: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

interface ChartProps {
  finding: string;
  summary?: string | undefined;
  table: Table;
  children: ComponentChildren;
  /** On the wall nobody presses anything: the table is there for screen readers alone. */
  wall?: boolean | undefined;
}

export function Chart({ finding, summary, table, children, wall = false }: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure class="chart">
      <figcaption>
        <h2 class={wall ? "must" : ""}>{finding}</h2>
      </figcaption>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the page is scrolled by keys
        <div class="wide-table" role="region" aria-label={finding} tabIndex={0}>
          <DataTable name={finding} {...table} />
        </div>
      ) : (
        children
      )}
      {summary ? <p class="meta">{summary}</p> : null}
      {wall ? (
        <div class="unseen">
          <DataTable name={finding} {...table} />
        </div>
      ) : (
        <Button on={asTable} onClick={() => setAsTable(!asTable)}>
          {t("ui.chart.table")}
        </Button>
      )}
    </figure>
  );
}

function DataTable({ name, head, rows }: Table & { name: string }) {
  return (
    <table class="figures">
      <caption class="unseen">{name}</caption>
      <thead>
        <tr>
          {head.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => {
              const shown = typeof cell === "number" ? number(cell) : cell;
              if (column === 0)
                return (
                  <th key={column} scope="row">
                    {shown}
                  </th>
                );
              return (
                <td key={column} class={typeof cell === "number" ? "mono" : ""}>
                  {shown}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
