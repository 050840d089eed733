// Curves over the seasons, and how long ventures live. Each line has a dash and a mark of its own, and its name at its
// end.

import { useRoom } from "../../store/context";
import { seasonInRun } from "../../store/run";
import { t } from "../../texts";
import { number } from "../../texts/numbers";
import type { CurveGroup } from "../results/curve_groups";
import { Canvas, type Option } from "./canvas";
import { type ChartStyle, DASHES, MARKS } from "./chart_style";
import { Chart, type Table } from "./figure";
import { type Curve, curvesOf, type Survival, survivalOf } from "./series";

interface Props {
  wall?: boolean;
}

export function CurvesChart({ group, wall = false }: Props & { group: CurveGroup }) {
  const { view } = useRoom();
  const { seasons, curves } = curvesOf(view, group);
  if (seasons.length === 0 || curves.length === 0) return <p class="meta">{t("ui.chart.none")}</p>;
  const numbers = seasons.map((season) => seasonInRun(view, season));
  const table: Table = {
    head: [t("ui.chart.curve"), ...numbers.map((season) => t("ui.season", { season }))],
    rows: curves.map((curve) => [curve.name, ...curve.values]),
  };
  const finding = t(`ui.chart.curves.${group}`);
  const summary = steepest(curves);
  return (
    <Chart finding={finding} summary={summary} table={table} wall={wall}>
      <Canvas
        kind="lines"
        label={`${finding}. ${summary ?? ""}`}
        paint={(style) => linesOption(style, numbers, curves)}
      />
    </Chart>
  );
}

/** Say which curve changed most, for its size, from the first season to the last. */
function steepest(curves: readonly Curve[]): string | undefined {
  const changed = curves.map((curve) => ({
    name: curve.name,
    from: curve.values[0] ?? 0,
    to: curve.values.at(-1) ?? 0,
  }));
  const by = (each: { from: number; to: number }): number =>
    Math.abs(each.to - each.from) / Math.max(1, Math.abs(each.from), Math.abs(each.to));
  const [most] = changed.sort((one, other) => by(other) - by(one));
  return most && most.from !== most.to
    ? t("ui.chart.curves.change", { name: most.name, from: number(most.from), to: number(most.to) })
    : undefined;
}

function linesOption(style: ChartStyle, seasons: readonly number[], curves: readonly Curve[]): Option {
  const apart = pushedApart(style, curves);
  return {
    ...frame(style, curves),
    xAxis: {
      ...axis(style),
      type: "category",
      boundaryGap: true,
      data: seasons.map((season) => t("ui.season", { season })),
    },
    yAxis: { ...axis(style), type: "value", splitLine: { lineStyle: { color: style.color("line") } } },
    series: curves.map((curve, index) => ({
      type: "line",
      data: [...curve.values],
      ...look(style, curve, index, apart[index] ?? 0),
    })),
  };
}

/** Return the distance that the name at the end of each curve is moved, so that no name lies on another. */
function pushedApart(style: ChartStyle, curves: readonly Curve[]): number[] {
  const most = Math.max(1, ...curves.flatMap((curve) => curve.values));
  const y = curves.map((curve) => (1 - (curve.values.at(-1) ?? 0) / most) * (style.height - 3 * style.em));
  const moved = [...y];
  const order = y.map((_, index) => index).sort((one, other) => (y[one] ?? 0) - (y[other] ?? 0));
  order.forEach((index, rank) => {
    const above = moved[order[rank - 1] ?? -1];
    if (above !== undefined) moved[index] = Math.max(moved[index] ?? 0, above + 1.2 * style.em);
  });
  // what does not fit below goes up, all together
  const below = Math.max(0, Math.max(...moved) - (style.height - 2.5 * style.em));
  return moved.map((at, index) => at - (y[index] ?? 0) - below);
}

function look(style: ChartStyle, curve: Curve, index: number, moved: number): object {
  const color = style.color(curve.color);
  return {
    name: curve.name,
    symbol: MARKS[index % MARKS.length],
    symbolSize: style.em * 0.7,
    itemStyle: { color },
    lineStyle: { color, width: Math.max(2, style.em / 8), type: DASHES[index % DASHES.length] },
    endLabel: {
      show: true,
      formatter: "{a}",
      color: style.color("ink"),
      fontSize: style.em,
      fontFamily: style.font,
      distance: style.em / 2,
      offset: [0, moved],
    },
  };
}

function frame(style: ChartStyle, curves: readonly { name: string }[]): Option {
  const longest = Math.max(...curves.map((curve) => widthOf(curve.name)));
  return {
    grid: {
      left: style.em,
      right: Math.min(style.width * 0.45, longest * style.em + style.em),
      top: style.em,
      bottom: style.em / 2,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
  };
}

/** Return about how wide a name is, in em: Han letters are twice as wide as Latin ones. */
function widthOf(name: string): number {
  return [...name].reduce((sum, letter) => sum + (/[\u3000-\uffff]/.test(letter) ? 1.05 : 0.58), 0);
}

function axis(style: ChartStyle): object {
  return {
    axisLabel: { color: style.color("ink-2"), fontSize: style.em, fontFamily: style.font, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: style.color("edge") } },
    axisTick: { show: false },
  };
}

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

export function SurvivalChart({ wall = false }: Props) {
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
