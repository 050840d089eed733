// The same figures of two rooms on one scale: the fork's curves as lines with their names, the origin's dotted and
// paler in the same colours.
import { useRoom } from "../../store/context";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { t } from "../../texts";
import type { Beside } from "../results/beside/beside_data";
import type { CurveGroup } from "../results/curve_groups";
import { Canvas } from "./canvas";
import { Chart, type Table } from "./figure";
import { barsOption, linesOption } from "./lines";
import { type Curve, curvesOf } from "./series";

interface Props {
  beside: Beside;
  group: CurveGroup;
  wall?: boolean;
}

export function BesideChart({ beside, group, wall = false }: Props) {
  const { view } = useRoom();
  const { seasons, curves } = pairsOf(beside, group, view);
  if (seasons.length === 0) return <p class="meta">{t("ui.chart.none")}</p>;
  const numbers = seasons.map((season) => seasonInRun(view, season));
  const named = curves.map((curve) => ({ ...curve, name: longName(curve, beside) }));
  const table: Table = {
    head: [t("ui.chart.curve"), ...numbers.map((season) => t("ui.season", { season }))],
    rows: named.map(({ name, values }) => [name, ...values.map((value) => value ?? t("ui.chart.not_counted"))]),
  };
  const finding = t(`ui.chart.curves.${group}`);
  const how = t("ui.beside.how", { fork: beside.fork.room, origin: beside.origin.room });
  const drawn = curves.filter(({ values }) => values.some(Boolean));
  return (
    <Chart finding={finding} summary={how} table={table} wall={wall}>
      <Canvas
        kind="lines"
        label={`${finding} ${how}`}
        paint={(style) => (seasons.length === 1 ? barsOption(style, named) : linesOption(style, numbers, drawn))}
      />
    </Chart>
  );
}

function longName({ name, isGhost }: Curve, { fork, origin }: Beside): string {
  return `${name} · ${isGhost ? origin.room : fork.room}`;
}

/** Return the curves of both rooms over all seasons of either: each of the fork's, then the origin's of that name. */
export function pairsOf(
  { fork, origin }: Beside,
  group: CurveGroup,
  names: View,
): { seasons: readonly number[]; curves: readonly Curve[] } {
  const [ours, theirs] = [curvesOf(fork.view, group, names), curvesOf(origin.view, group, names)];
  const seasons = [...new Set([...ours.seasons, ...theirs.seasons])].sort((one, other) => one - other);
  const over = (found: typeof ours, isGhost: boolean): Curve[] =>
    found.curves.map((curve) => ({
      ...curve,
      isGhost,
      values: seasons.map((season) => curve.values[found.seasons.indexOf(season)]),
    }));
  const ghosts = over(theirs, true);
  const curves = over(ours, false).flatMap((curve) => [curve, ...ghosts.filter(({ name }) => name === curve.name)]);
  return { seasons, curves };
}
