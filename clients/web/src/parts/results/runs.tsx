// The runs of a game side by side: the same class under another rule. Nothing where a game has one run only.
import { useRoom } from "../../store/context";
import type { ByNumber, Result } from "../../store/entities";
import { runName } from "../../store/run";
import { t } from "../../texts";
import { number } from "../../texts/numbers";
import "./figures.css";

const TOTALS = [
  "deals",
  "search_per_deal",
  "integration_efficiency",
  "births",
  "products",
  "exits",
  "vitality",
  "score_maker",
  "score_investor",
  "score_operator",
];
const TENTHS = 10;

function cellOf(name: string, totals: ByNumber): string {
  const value = totals[name] ?? 0;
  return name === "search_per_deal" ? (value / TENTHS).toFixed(1) : number(value);
}

/** `isLastKept`: what the run has brought in which the game ended is still to be shown. */
export function Runs({ isLastKept = false }: { isLastKept?: boolean }) {
  const { view, seat } = useRoom();
  const all = [...view.all("result")].sort((one, other) => one.run - other.run);
  const runs = isLastKept ? all.slice(0, -1) : all;
  if (runs.length === 0) return null;
  const own = runs.filter((run) => run.scores[seat.value] !== undefined);
  return (
    <table class="figures runs">
      <caption>{t("ui.runs")}</caption>
      <thead>
        <tr>
          <td />
          {runs.map((run) => (
            <th key={run.run} scope="col">
              {runName(run.name)}
              {run.practice ? <span class="meta"> {t("ui.runs.practice")}</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {own.length > 0 ? (
          <Row name={t("ui.runs.own")} runs={runs} cell={(run) => number(run.scores[seat.value] ?? 0)} />
        ) : null}
        {TOTALS.map((name) => (
          <Row key={name} name={t(`total.${name}`)} runs={runs} cell={(run) => cellOf(name, run.totals)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ name, runs, cell }: { name: string; runs: readonly Result[]; cell: (run: Result) => string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {runs.map((run) => (
        <td key={run.run} class="mono">
          {cell(run)}
        </td>
      ))}
    </tr>
  );
}
