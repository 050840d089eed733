// Who worked with whom: everybody in a fixed place by seat, makers on the left, resources on the right; ties of the
// season in ink, older ones paler, deals across; after the last season an arrow from each maker who holds shares in
// another's venture. Where more pairs have deals than can be followed, those with most stand out. Nobody jumps between
// seasons.

import { useRoom } from "../../store/context";
import { shortName, wholeName } from "../../store/names";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { t, tn } from "../../texts";
import { inARow, listed, number, SHARES_PER_CENT } from "../../texts/numbers";
import { cut, displayWidth, linesOf, widthOf } from "../pictures/text_width";
import { type Bond, bondsOf, type Holding, holdingsOf, seasonsOfNetwork, strongFrom } from "./bonds";
import { Canvas, type Option } from "./canvas";
import type { ChartStyle } from "./chart_style";
import { Chart } from "./figure";
import { standOnWall } from "./network_on_wall";

const LABEL_EM = 0.9;
const ROW_EM = 0.86; // of the lowest row that still holds a name
const LONGEST_EM = 7;
const SIDE = 0.28; // of the width, at most, where a name stands beside its mark
const HIGH_ROWS = 2.4; // of the letters: a name may have two lines
const SHORT_EM = 4;
const FOR_NAMES = 0.62; // of the width, at most, where names stand in four columns
const TOP_EM = 0.5; // above the first row and below the last
const FLATTER = 0.65; // of the arc, so that the inner columns of both sides stay apart

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
  const fresh = ties.filter((tie) => tie.fresh).length;
  const how = tn("ui.chart.network.how", fresh, { season: seasonInRun(view, last) });
  const least = strongFrom(bonds);
  const summary = inARow([
    how,
    least > 1 && deals.some(({ many }) => many >= least) ? t("ui.chart.network.strong", { n: least }) : "",
    held.length ? tn("ui.chart.network.holdings", held.length) : "",
  ]);
  return (
    <Chart finding={finding} summary={summary} table={tableOf(view, bonds, held)} wall={wall}>
      <Canvas
        kind="network"
        label={`${finding}. ${summary}`}
        paint={(style) => (wall ? wallOption : optionOf)(style, view, bonds, held)}
      />
    </Chart>
  );
}

function tableOf(view: View, bonds: readonly Bond[], held: readonly Holding[]) {
  const of = (seat: number, sort: string): string =>
    listed(
      bonds
        .filter((bond) => bond.sort === sort && (bond.one === seat || bond.other === seat))
        .map((bond) => wholeName(view, bond.one === seat ? bond.other : bond.one)),
    );
  const people = view.all("seat").filter((seat) => seat.role !== "operator");
  const holds = (seat: number): string =>
    listed(
      held
        .filter(({ holder }) => holder === seat)
        .map(({ lead, shares }) => `${wholeName(view, lead)} ${number(shares / SHARES_PER_CENT)}%`),
    );
  const rows = people.map((seat) => [wholeName(view, seat.id), of(seat.id, "tie"), of(seat.id, "deal")]);
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

/** Makers on an arc to the left, resources to the right, in the order of their seats, each in a row of its own. */
function placesOf(view: View): Place[] {
  return ROLES.flatMap((role) => {
    const seats = view.all("seat").filter((seat) => seat.role === role);
    return seats.map((seat, index) => {
      const y = (2 * index + 1) / seats.length - 1;
      const side = role === "maker" ? -1 : 1;
      return { seat: seat.id, role, x: side * (0.4 + 0.6 * Math.sqrt(1 - y * y)), y };
    });
  });
}

const ROLES = ["maker", "investor"];

/** Return how many rows the larger side has, at least one. */
function rowsOf(places: readonly Place[]): number {
  return Math.max(1, ...ROLES.map((role) => places.filter((place) => place.role === role).length));
}

const SHAPES: { readonly [role: string]: string } = {
  maker: "path://M12 1.5 21.1 6.75V17.25L12 22.5 2.9 17.25V6.75Z",
  investor: "circle",
};

function optionOf(style: ChartStyle, view: View, bonds: readonly Bond[], held: readonly Holding[]): Option {
  const places = placesOf(view);
  const lowest = style.em * ROW_EM;
  const top = style.em * 0.6;
  const height = style.height - 2 * top;
  const row = height / rowsOf(places);
  const lines = row >= HIGH_ROWS * LABEL_EM * style.em ? 2 : 1;
  const names = namesFor(row, lowest, style.em * (longestIn(view, places) + 1), style.width);
  const rows = { size: Math.max(style.em * 0.7, Math.min(style.em * 1.6, row * 0.9)), row, names, lines };
  const side = sideFor(style, view, places, lines, names);
  const column = style.em * (side + 1);
  // where rows are narrow every other place stands further in, so that its name still has a row of its own
  const left = names === "short" ? style.em * SHORT_EM : column;
  const inner = names === "one" ? 0 : left;
  const width = style.width - 2 * left;
  const at = ({ x, y }: Spot, index = 0): Spot => ({
    x: (width * (1 + (names === "two" ? flatter(x) : x))) / 2 - Math.sign(x) * (index % 2) * inner,
    y: (height * (1 + y)) / 2,
  });
  const corners = [-1, 1].map((end) => cornerOption(end, at({ x: end, y: end })));
  const nodes = places.map((place, index) => ({
    ...nodeOption(style, view, place, { ...rows, longest: side }),
    ...at(place, index),
  }));
  return graphOf({ left, top, width, height }, [...nodes, ...corners], linksOf(style, bonds, held));
}

/** The same on the wall, which has more room, and shows names whole or not at all where it has too little. */
export function wallOption(style: ChartStyle, view: View, bonds: readonly Bond[], held: readonly Holding[]): Option {
  const people = ROLES.flatMap((role) =>
    view
      .all("seat")
      .filter((seat) => seat.role === role)
      .map(({ id }) => ({
        seat: id,
        name: wholeName(view, id),
        side: role === "maker" ? (-1 as const) : (1 as const),
      })),
  );
  const { size, standings } = standOnWall(style, people, style.em * TOP_EM);
  const { width, height } = style;
  const corners = [-1, 1].map((end) => cornerOption(end, { x: end < 0 ? 0 : width, y: end < 0 ? 0 : height }));
  const nodes = standings.map(({ seat, side, x, y, label, letters, halo }) => ({
    ...markOption(style, seat, view.find("seat", seat)?.role ?? "", size),
    label: { ...labelOption(style, side < 0 ? "left" : "right", label, letters), textBorderWidth: halo },
    x,
    y,
  }));
  return graphOf({ left: 0, top: 0, width, height }, [...nodes, ...corners], linksOf(style, bonds, held));
}

function graphOf(box: object, data: readonly object[], links: readonly object[]): Option {
  return { series: [{ type: "graph", layout: "none", ...box, emphasis: { disabled: true }, data, links }] };
}

interface Spot {
  x: number;
  y: number;
}

/** Return how long a name beside its mark may be, in sizes of the letters: as the longest is, if the width allows. */
function sideFor(style: ChartStyle, view: View, places: readonly Place[], lines: number, names: Names): number {
  const needed = places.map(({ seat }) => {
    const name = wholeName(view, seat);
    return Math.max(...(lines > 1 ? linesOf(name) : [name]).map((line) => widthOf(line, LABEL_EM)));
  });
  const inOne = Math.max(LONGEST_EM, (SIDE * style.width) / style.em);
  const most = names === "two" ? (FOR_NAMES * style.width) / 4 / style.em - 1 : inOne;
  return Math.min(Math.max(LONGEST_EM, ...needed), most);
}

/** How names stand: whole in a column on each side, whole in two, or short in two. */
export type Names = "one" | "two" | "short";

/** Return how names stand where a row is so high, of which a name takes the lowest, and a column of them so wide. */
export function namesFor(row: number, lowest: number, column: number, width: number): Names {
  if (row >= lowest) return "one";
  return 2 * row >= lowest && 4 * column <= FOR_NAMES * width ? "two" : "short";
}

/** How wide the longest name is, in sizes of its letters. */
function longestIn(view: View, places: readonly Place[]): number {
  return Math.max(0, ...places.map(({ seat }) => displayWidth(labelOf(view, seat, true), LABEL_EM)));
}

function flatter(x: number): number {
  return Math.sign(x) * (FLATTER + (1 - FLATTER) * Math.abs(x));
}

/** The library fits what it is given into the box: two corners make that what is asked for. */
function cornerOption(end: number, place: { x: number; y: number }): object {
  return { name: `corner ${end}`, ...place, symbolSize: 0, label: { show: false } };
}

/** Return what stands beside a person's mark: the name, in lines that are cut if they are too long, or a short one. */
export function labelOf(view: View, seat: number, whole: boolean, longest = LONGEST_EM, lines = 1): string {
  if (!whole) return shortName(view, seat);
  const name = wholeName(view, seat);
  const isHigh = lines > 1 && widthOf(name, LABEL_EM) > longest;
  return (isHigh ? linesOf(name) : [name]).map((line) => cut(line, longest, LABEL_EM)).join("\n");
}

interface Rows {
  /** Of a person's mark. */
  size: number;
  /** How high a row is, and how names stand. */
  row: number;
  names: Names;
  /** How long a line of a name may be, in sizes of the letters, and how many lines there are. */
  longest: number;
  lines: number;
}

function nodeOption(style: ChartStyle, view: View, { seat, role }: Place, rows: Rows): object {
  const { size, row, names, longest, lines } = rows;
  const letters = style.em * LABEL_EM;
  const fits = Math.min(letters, names === "one" ? row : names === "two" ? 2 * row : letters);
  const text = labelOf(view, seat, names !== "short", longest, lines);
  return {
    ...markOption(style, seat, role, size),
    label: labelOption(style, role === "maker" ? "left" : "right", text, fits),
  };
}

function markOption(style: ChartStyle, seat: number, role: string, size: number): object {
  const itemStyle = { color: style.color(role), borderColor: style.color("surface"), borderWidth: 2, opacity: 1 };
  return { name: String(seat), symbol: SHAPES[role], symbolSize: size, itemStyle };
}

function labelOption(style: ChartStyle, position: "left" | "right", text: string, letters: number): object {
  return {
    show: text !== "",
    position,
    formatter: text,
    color: style.color("ink"),
    textBorderColor: style.color("surface"), // so that it is read over the lines that cross it
    textBorderWidth: letters / 5,
    fontSize: letters,
    fontFamily: style.font,
  };
}

/** The pale ones first, so that they lie below the others. */
function linksOf(style: ChartStyle, bonds: readonly Bond[], held: readonly Holding[]): object[] {
  const least = strongFrom(bonds);
  const isPale = ({ sort, many }: Bond): boolean => sort === "deal" && many < least;
  const inOrder = [...bonds].sort((one, other) => Number(isPale(other)) - Number(isPale(one)));
  const links = inOrder.map((bond) => linkOption(style, bond, isPale(bond)));
  return [...links, ...held.map((each) => holdingOption(style, each))];
}

const PALE = 0.3;

function linkOption(style: ChartStyle, bond: Bond, isPale: boolean): object {
  const width = isPale ? 1 : style.em / (bond.fresh ? 8 : 11);
  const color = bond.sort === "deal" ? "investor" : bond.fresh ? "ink" : "edge";
  const type = bond.sort === "deal" ? "solid" : bond.fresh ? "solid" : [4, 4];
  return {
    source: String(bond.one),
    target: String(bond.other),
    lineStyle: {
      color: style.color(color),
      width: Math.max(1, width),
      type,
      opacity: isPale ? PALE : 1,
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
