// How long ventures live: the part of them that outlives each age, as steps.
import { useRoom } from "../../store/context";
import { t } from "../../texts";
import { Canvas, type Option } from "./canvas";
import type { ChartStyle } from "./chart_style";
import { Chart } from "./figure";
import { axis } from "./lines";
import { type Survival, survivalOf } from "./series";

/** Return the headline: by when half were gone, else the part that outlived the highest age. */
export function survivalFinding(rows: readonly Survival[]): string {
  const half = rows.find((row) => row.survival < 500);
  return half
    ? t("ui.chart.survival.half", { n: half.age })
    : t("ui.chart.survival.most", { share: wholePercent(rows.at(-1)?.survival ?? 0) });
}

/** Return thousandths as a whole percentage. */
function wholePercent(thousandths: number): string {
  return `${Math.round(thousandths / 10)}%`;
}

export function SurvivalChart({ wall = false }: { wall?: boolean }) {
  const { view } = useRoom();
  const rows = survivalOf(view);
  if (rows.length === 0) return <p class="meta">{t("ui.chart.none")}</p>;
  const finding = survivalFinding(rows);
  const summary = t("ui.chart.survival.how");
  const head = ["age", "at_risk", "deaths", "censored", "outlive"].map((name) => t(`ui.chart.survival.${name}`));
  const table = {
    head,
    rows: rows.map((row) => [row.age, row.atRisk, row.deaths, row.censored, wholePercent(row.survival)]),
  };
  return (
    <Chart finding={finding} summary={summary} table={table} wall={wall}>
      <Canvas kind="lines" label={`${finding}. ${summary}`} paint={(style) => survivalOption(style, rows)} />
    </Chart>
  );
}

function survivalOption(style: ChartStyle, rows: readonly Survival[]): Option {
  const color = style.color("maker");
  const steps = [[0, 100], ...rows.map((row) => [row.age, row.survival / 10])];
  return {
    grid: {
      left: style.em,
      right: style.em * 2,
      top: style.em * 2.4,
      bottom: style.em * 2,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    xAxis: ageAxis(style, rows.at(-1)?.age ?? 1),
    yAxis: partAxis(style),
    series: [
      {
        type: "line",
        step: "end",
        data: steps,
        symbol: "circle",
        symbolSize: style.em * 0.6,
        itemStyle: { color },
        lineStyle: { color, width: Math.max(3, style.em / 6) },
      },
    ],
  };
}

function ageAxis(style: ChartStyle, oldest: number): object {
  return {
    ...axis(style),
    type: "value",
    min: 0,
    max: oldest,
    interval: 1,
    name: t("ui.chart.survival.age"),
    nameLocation: "middle",
    nameGap: style.em * 2,
    nameTextStyle: axisText(style),
    splitLine: { show: false },
  };
}

function partAxis(style: ChartStyle): object {
  return {
    ...axis(style),
    type: "value",
    min: 0,
    max: 100,
    interval: 25,
    name: "%",
    nameTextStyle: axisText(style),
    splitLine: { lineStyle: { color: style.color("line") } },
  };
}

function axisText(style: ChartStyle): object {
  return { color: style.color("ink-2"), fontSize: style.em, fontFamily: style.font };
}
