// Curves over the seasons. Each line has a dash and a mark of its own, and its name at its end. Of a single season
// there are no curves: each number has a bar then, and a sentence says why.

import { useRoom } from "../../store/context";
import { seasonInRun } from "../../store/run";
import { t } from "../../texts";
import { inARow, listed, number } from "../../texts/numbers";
import type { CurveGroup } from "../results/curve_groups";
import { Canvas, type Option } from "./canvas";
import { type ChartStyle, DASHES, MARKS, SIGNS } from "./chart_style";
import { Chart, type Table } from "./figure";
import { type Curve, curvesOf } from "./series";

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
    rows: curves.map((curve) => [curve.name, ...curve.values.map((value) => value ?? t("ui.chart.not_counted"))]),
  };
  const finding = t(`ui.chart.curves.${group}`);
  const single = seasons.length === 1;
  const drawn = curves.filter(({ values }) => values.some(Boolean));
  const flat = curves.filter((curve) => !drawn.includes(curve)).map(({ name }) => name);
  const summary = inARow([
    (single ? t("ui.chart.curves.single") : steepest(drawn)) ?? "",
    flat.length ? t("ui.chart.curves.zero", { names: listed(flat) }) : "",
  ]);
  return (
    <Chart finding={finding} summary={summary} table={table} wall={wall}>
      <Canvas
        kind="lines"
        label={`${finding} ${summary}`}
        paint={(style) => (single ? barsOption(style, drawn) : linesOption(style, numbers, drawn))}
      />
    </Chart>
  );
}

/** Say which curve rose or fell most from the first season to the last, on the scale that all of them share. */
export function steepest(curves: readonly Curve[]): string | undefined {
  const changed = curves.map((curve) => ({
    name: curve.name,
    from: curve.values.find((value) => value !== undefined) ?? 0,
    to: lastOf(curve),
  }));
  const by = (each: { from: number; to: number }): number => Math.abs(each.to - each.from);
  const [most] = changed.sort((one, other) => by(other) - by(one));
  return most && most.from !== most.to
    ? t("ui.chart.curves.change", { name: most.name, from: number(most.from), to: number(most.to) })
    : undefined;
}

/** Return the last number of a curve that was counted. */
function lastOf(curve: Curve): number {
  return curve.values.filter((value) => value !== undefined).at(-1) ?? 0;
}

/** Return what draws curves over seasons; those of another room lie behind, without a name. */
export function linesOption(style: ChartStyle, seasons: readonly number[], curves: readonly Curve[]): Option {
  const named = curves.filter((curve) => !curve.isGhost);
  const apart = pushedApart(style, named, curves);
  return {
    ...frame(style, named),
    xAxis: {
      ...axis(style),
      type: "category",
      boundaryGap: true,
      data: seasons.map((season) => t("ui.season", { season })),
    },
    yAxis: { ...axis(style), type: "value", minInterval: 1, splitLine: { lineStyle: { color: style.color("line") } } },
    series: curves.map((curve) => {
      const index = named.findIndex(({ name }) => name === curve.name);
      return {
        type: "line",
        data: curve.values.map((value) => value ?? "-"),
        connectNulls: true,
        ...(curve.isGhost ? ghostly(style, curve, index) : look(style, curve, index, apart[index] ?? 0)),
      };
    }),
  };
}

/** Return a bar for each number of the only season, the first on top, with the number at its end. */
export function barsOption(style: ChartStyle, curves: readonly Curve[]): Option {
  const text = { color: style.color("ink"), fontSize: style.em, fontFamily: style.font };
  return {
    grid: {
      left: style.em,
      right: 4 * style.em,
      top: 0,
      bottom: 0,
      outerBoundsMode: "same",
      outerBoundsContain: "all",
    },
    xAxis: { type: "value", show: false },
    yAxis: {
      ...axis(style),
      type: "category",
      inverse: true,
      data: curves.map((curve) => curve.name),
      axisLabel: { ...text, width: style.width * 0.4, overflow: "break" },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 2 * style.em,
        data: curves.map((curve) => ({ value: lastOf(curve), itemStyle: { color: style.color(curve.color) } })),
        label: { ...text, show: true, position: "right" },
      },
    ],
  };
}

const LINE_EM = 1.2;

/**
 * Return the distance that the name at the end of each curve is moved: as little as may be in all, so that no name lies
 * on another, below the ground or above the top, and names stand in the order of their curves.
 */
function pushedApart(style: ChartStyle, curves: readonly Curve[], all: readonly Curve[]): number[] {
  const most = Math.max(1, ...all.flatMap((curve) => curve.values.map((value) => value ?? 0)));
  const ground = style.height - 3 * style.em;
  const y = curves.map((curve) => (1 - lastOf(curve) / most) * ground);
  const order = y.map((_, index) => index).sort((one, other) => (y[one] ?? 0) - (y[other] ?? 0));
  const gap = LINE_EM * style.em;
  const lowest = Math.max(0, ground - style.em / 2 - (curves.length - 1) * gap);
  const moved = y.map(() => 0);
  rising(order.map((index, rank) => (y[index] ?? 0) - rank * gap)).forEach((place, rank) => {
    const index = order[rank] ?? 0;
    moved[index] = Math.min(Math.max(place, 0), lowest) + rank * gap - (y[index] ?? 0);
  });
  return moved;
}

/** Return the nearest numbers that never fall: where some would, all of them become their average. */
function rising(values: readonly number[]): number[] {
  const blocks: { sum: number; size: number }[] = [];
  for (const value of values) {
    let block = { sum: value, size: 1 };
    for (let above = blocks.at(-1); above && above.sum / above.size > block.sum / block.size; above = blocks.at(-1)) {
      block = { sum: above.sum + block.sum, size: above.size + block.size };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, size }) => Array<number>(size).fill(sum / size));
}

/** The curve of the other room: thin dots in the colour of its namesake, with a hollow mark. */
function ghostly(style: ChartStyle, curve: Curve, index: number): object {
  const color = style.color(curve.color);
  const mark = MARKS[index % MARKS.length] ?? "circle";
  return {
    name: curve.name,
    symbol: mark.startsWith("empty") ? mark : `empty${mark.charAt(0).toUpperCase()}${mark.slice(1)}`,
    symbolSize: style.em * 0.6,
    itemStyle: { color },
    lineStyle: { color, width: Math.max(1.5, style.em / 14), type: [2, 5], opacity: 0.8 },
    z: 1,
  };
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
      formatter: `{mark|${SIGNS[index % SIGNS.length]}} {a}`,
      rich: { mark: { color, fontSize: style.em } },
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
      right: Math.min(style.width * 0.45, (longest + 1.2) * style.em + style.em),
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

/** Return how an axis looks. */
export function axis(style: ChartStyle): object {
  return {
    axisLabel: { color: style.color("ink-2"), fontSize: style.em, fontFamily: style.font, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: style.color("edge") } },
    axisTick: { show: false },
  };
}
