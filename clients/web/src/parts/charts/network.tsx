// Who worked with whom: everybody in a fixed place by seat, makers on the left, resources on the right; ties of the
// season in ink, older ones paler, deals across; after the last season an arrow from each maker who holds shares in
// another's venture. Nobody jumps between seasons.

import { useRoom } from "../../store/context";
import { initialsOf, seatName } from "../../store/names";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { t, tn } from "../../texts";
import { inARow, listed, number, SHARES_PER_CENT } from "../../texts/numbers";
import { cut } from "../pictures/text_width";
import { type Bond, bondsOf, type Holding, holdingsOf, seasonsOfNetwork } from "./bonds";
import { Canvas, type Option } from "./canvas";
import type { ChartStyle } from "./chart_style";
import { Chart } from "./figure";

const NAMES_TO = 24;
const INITIALS_TO = 60;
const LABEL_EM = 0.9;
const LONGEST_EM = 7;

interface NetworkProps {
  season?: number | undefined;
  wall?: boolean;
}

export function NetworkChart({ season, wall = false }: NetworkProps) {
  const { view } = useRoom();
  const last = season ?? seasonsOfNetwork(view).at(-1) ?? view.single("game").season ?? 1;
  const bonds = bondsOf(view, last);
  const ties = bonds.filter((bond) => bond.sort === "tie");
  const deals = bonds.filter((bond) => bond.sort === "deal");
  const finding = t("ui.chart.network.finding", { ties: ties.length, deals: deals.length });
  const held = last === (seasonsOfNetwork(view).at(-1) ?? last) ? holdingsOf(view) : [];
  const how = t("ui.chart.network.how", {
    season: seasonInRun(view, last),
    n: ties.filter((tie) => tie.fresh).length,
  });
  const summary = inARow([how, held.length ? tn("ui.chart.network.holdings", held.length) : ""]);
  return (
    <Chart finding={finding} summary={summary} table={tableOf(view, bonds, held)} wall={wall}>
      <Canvas kind="network" label={`${finding}. ${summary}`} paint={(style) => optionOf(style, view, bonds, held)} />
    </Chart>
  );
}

function tableOf(view: View, bonds: readonly Bond[], held: readonly Holding[]) {
  const of = (seat: number, sort: string): string =>
    listed(
      bonds
        .filter((bond) => bond.sort === sort && (bond.one === seat || bond.other === seat))
        .map((bond) => seatName(view, bond.one === seat ? bond.other : bond.one)),
    );
  const people = view.all("seat").filter((seat) => seat.role !== "operator");
  const holds = (seat: number): string =>
    listed(
      held
        .filter(({ holder }) => holder === seat)
        .map(({ lead, shares }) => `${seatName(view, lead)} ${number(shares / SHARES_PER_CENT)}%`),
    );
  const rows = people.map((seat) => [seatName(view, seat.id), of(seat.id, "tie"), of(seat.id, "deal")]);
  const head = [t("ui.chart.network.person"), t("ui.chart.network.ties"), t("ui.chart.network.deals")];
  if (held.length === 0) return { head, rows };
  return {
    head: [...head, t("ui.chart.network.holds")],
    rows: people.map((seat, index) => [...(rows[index] ?? []), holds(seat.id)]),
  };
}

interface Place {
  seat: number;
  role: string;
  /** From -1 to 1. */
  x: number;
  y: number;
}

/** Makers on a half circle to the left, resources on one to the right, in the order of their seats. */
function placesOf(view: View): Place[] {
  return ["maker", "investor"].flatMap((role) => {
    const seats = view.all("seat").filter((seat) => seat.role === role);
    return seats.map((seat, index) => {
      const angle = (Math.PI * (index + 0.5)) / seats.length;
      const side = role === "maker" ? -1 : 1;
      return { seat: seat.id, role, x: side * (0.2 + 0.8 * Math.sin(angle)), y: -Math.cos(angle) };
    });
  });
}

const SHAPES: { readonly [role: string]: string } = {
  maker: "path://M12 1.5 21.1 6.75V17.25L12 22.5 2.9 17.25V6.75Z",
  investor: "circle",
};

function optionOf(style: ChartStyle, view: View, bonds: readonly Bond[], held: readonly Holding[]): Option {
  const places = placesOf(view);
  const size = Math.max(style.em * 0.8, Math.min(style.em * 1.6, (style.height * 1.2) / Math.max(8, places.length)));
  const [left, top] = [style.em * (places.length <= NAMES_TO ? 8 : 3.5), style.em * 1.2];
  const [width, height] = [style.width - 2 * left, style.height - 2 * top];
  const at = ({ x, y }: { x: number; y: number }): { x: number; y: number } => ({
    x: (width * (1 + x)) / 2,
    y: (height * (1 + y)) / 2,
  });
  // the library fits what it is given into the box: two corners make that what is asked for
  const corners = [-1, 1].map((end) => ({
    name: `corner ${end}`,
    ...at({ x: end, y: end }),
    symbolSize: 0,
    label: { show: false },
  }));
  return {
    series: [
      {
        type: "graph",
        layout: "none",
        left,
        top,
        width,
        height,
        emphasis: { disabled: true },
        data: [
          ...places.map((place) => ({ ...nodeOption(style, view, place, size, places.length), ...at(place) })),
          ...corners,
        ],
        links: [...bonds.map((bond) => linkOption(style, bond)), ...held.map((each) => holdingOption(style, each))],
      },
    ],
  };
}

/**
 * Return what stands beside a person's mark: the name, cut between letters where it is too long, or initials where
 * there are many.
 */
export function labelOf(view: View, seat: number, all: number): string {
  return all <= NAMES_TO ? cut(seatName(view, seat), LONGEST_EM, LABEL_EM) : initialsOf(view, seat);
}

function nodeOption(style: ChartStyle, view: View, { seat, role }: Place, size: number, all: number): object {
  return {
    name: String(seat),
    symbol: SHAPES[role],
    symbolSize: size,
    itemStyle: { color: style.color(role), borderColor: style.color("surface"), borderWidth: 2, opacity: 1 },
    label: {
      show: all <= INITIALS_TO,
      position: role === "maker" ? "left" : "right",
      formatter: labelOf(view, seat, all),
      color: style.color("ink"),
      fontSize: style.em * LABEL_EM,
      fontFamily: style.font,
    },
  };
}

function linkOption(style: ChartStyle, bond: Bond): object {
  const width = style.em / (bond.fresh ? 8 : 11);
  const color = bond.sort === "deal" ? "investor" : bond.fresh ? "ink" : "edge";
  const type = bond.sort === "deal" ? "solid" : bond.fresh ? "solid" : [4, 4];
  return {
    source: String(bond.one),
    target: String(bond.other),
    lineStyle: {
      color: style.color(color),
      width: Math.max(1, width),
      type,
      opacity: 1,
      curveness: bond.sort === "tie" ? 0.25 : 0,
    },
  };
}

function holdingOption(style: ChartStyle, { holder, lead }: Holding): object {
  return {
    source: String(holder),
    target: String(lead),
    symbol: ["none", "arrow"],
    symbolSize: style.em * 0.8,
    lineStyle: { color: style.color("operator"), width: style.em / 6, type: [2, 3], opacity: 1, curveness: -0.3 },
  };
}
