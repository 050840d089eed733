// Where the money went: four columns, on the same scale and in the same order in every season.
import { useRoom } from "../../store/context";
import { seasonInRun } from "../../store/run";
import { t } from "../../texts";
import { number, percentOf } from "../../texts/numbers";
import { widthOf } from "../pictures/text_width";
import { Canvas, type Option } from "./canvas";
import { type ChartStyle, ribbon } from "./chart_style";
import { Chart } from "./figure";
import { ceilingOf, isCounted, type Money, type MoneyNode, moneyBySeason } from "./money";

// How words stand: beside their nodes; over those of the inner columns where they have no room beside them, leaning
// away from each other; and where it is narrow without numbers there, and the outer ones in two lines.
type Look = "wide" | "over" | "narrow";

// a label beside, or over, the smallest node has room
const GAP_EM = { wide: 1.3, over: 1.4, narrow: 2.5 };
const HEAD_EM = { wide: 1, over: 2, narrow: 2 };
const NARROW_EM = 30;
const RATHER_WIDE = 0.95; // a word's width is reckoned rather a letter too wide
const BESIDE_EM = 0.6; // between a node and its words
const COLUMN_NAMES = 4;
const LEANS_EM = [0, -0.5, 0.5, 0];

interface SankeyProps {
  season: number;
  wall?: boolean;
}

export function MoneyChart({ season, wall = false }: SankeyProps) {
  const { view } = useRoom();
  const all = moneyBySeason(view);
  const money = all.get(season);
  if (!money) return <p class="meta">{t("ui.chart.money.none")}</p>;
  const ceiling = ceilingOf(view, all);
  const reached = money.nodes.find((node) => node.key === "to:maker")?.credits ?? 0;
  const share = percentOf(reached, money.total);
  const finding = t(reached > 0 ? "ui.chart.money.finding" : "ui.chart.money.finding.none", { n: share });
  const summary = t(isCounted(view, season) ? "ui.chart.money.balance" : "ui.chart.money.so_far", {
    season: seasonInRun(view, season),
    n: number(money.total),
  });
  const rows = money.links.map((link) => [
    nodeName(link.from),
    nodeName(link.to),
    link.credits,
    `${percentOf(link.credits, money.total)}%`,
  ]);
  const head = [
    t("ui.chart.money.from"),
    t("ui.chart.money.to"),
    t("ui.chart.money.credits"),
    t("ui.chart.money.share"),
  ];
  return (
    <Chart finding={finding} summary={summary} table={{ head, rows }} wall={wall}>
      <Canvas kind="sankey" label={`${finding}. ${summary}`} paint={(style) => moneyOption(style, money, ceiling)} />
    </Chart>
  );
}

export function nodeName(key: string): string {
  const [sort = "", name = ""] = key.split(":");
  return t(sort === "sector" && !OWN_NAMES.includes(name) ? `sector.${name}` : `ui.chart.node.${sort}.${name}`);
}

const OWN_NAMES = ["ventures", "outside", "rest"];

const COLORS: { readonly [key: string]: string } = {
  "from:room": "ink-2",
  "sector:ventures": "mat",
  "step:pay": "link",
  "step:costs": "edge",
  "step:profit": "mat",
  "to:kept": "mat",
};

function roleOf(key: string): string {
  return COLORS[key] ?? key.split(":")[1] ?? "outside";
}

export function moneyOption(style: ChartStyle, money: Money, ceiling: number): Option {
  const [look, left, right] = laidOut(style, money);
  const gap = style.em * GAP_EM[look];
  const perColumn = [0, 1, 2, 3].map((column) => money.nodes.filter((node) => node.column === column).length);
  const gaps = (Math.max(...perColumn) - 1) * gap;
  const head = style.em * HEAD_EM[look];
  const full = style.height - head - style.em;
  const height = ((full - 4 * gap) * money.total) / ceiling + gaps;
  return {
    series: [
      {
        type: "sankey",
        left,
        right,
        top: head + Math.max(0, (full - height) / 2),
        height,
        nodeGap: gap,
        nodeWidth: style.em * 0.5,
        layoutIterations: 0,
        draggable: false,
        emphasis: { disabled: true },
        lineStyle: { opacity: 1, curveness: 0.5 },
        data: money.nodes.map((node) => nodeOption(style, node, look)),
        links: money.links.map((link) => ({
          source: link.from,
          target: link.to,
          value: link.credits,
          lineStyle: { color: ribbon(style, roleOf(link.from)), opacity: 1 },
        })),
      },
    ],
  };
}

/** Return how words stand, and the margins for the outer ones. */
function laidOut(style: ChartStyle, money: Money): [look: Look, left: number, right: number] {
  const widths = (narrow: boolean): number[] =>
    Array.from({ length: COLUMN_NAMES }, (_, column) => style.em * (BESIDE_EM + widestIn(money, column, narrow)));
  const [left = 0, one = 0, other = 0, right = 0] = widths(false);
  const between = (style.width - left - right) / (COLUMN_NAMES - 1);
  const isRoomy = style.width >= style.em * NARROW_EM;
  if (isRoomy && RATHER_WIDE * Math.max(one, other) < between) return ["wide", left, right];
  const leaning = between + style.em * ((LEANS_EM[2] ?? 0) - (LEANS_EM[1] ?? 0));
  if (isRoomy && (RATHER_WIDE * (one + other)) / 2 < leaning) return ["over", left, right];
  const narrow = widths(true);
  return ["narrow", narrow[0] ?? 0, narrow[COLUMN_NAMES - 1] ?? 0];
}

/** Return how wide the words beside the nodes of a column are at most, in ems. */
function widestIn(money: Money, column: number, narrow: boolean): number {
  const words = money.nodes
    .filter((node) => node.column === column)
    .flatMap(({ key, credits }) =>
      narrow ? [nodeName(key), number(credits)] : [`${nodeName(key)} ${number(credits)}`],
    );
  return Math.max(...words.map((word) => widthOf(word, 1)), 0);
}

const SIDES = {
  wide: ["left", "right", "right", "right"],
  over: ["left", "top", "top", "right"],
  narrow: ["left", "top", "top", "right"],
} as const;

function nodeOption(style: ChartStyle, node: MoneyNode, look: Look): object {
  const isOver = SIDES[look][node.column] === "top";
  const credits = `${look === "narrow" ? "\n" : " "}{n|${number(node.credits)}}`;
  const words = look === "narrow" && isOver ? nodeName(node.key) : `${nodeName(node.key)}${credits}`;
  const text = {
    fontSize: style.em,
    fontFamily: style.font,
    color: style.color("ink"),
    textBorderColor: style.color("ground"),
    textBorderWidth: style.em / 4,
  };
  return {
    name: node.key,
    value: node.credits,
    depth: node.column,
    itemStyle: { color: style.color(roleOf(node.key)), borderWidth: 0 },
    label: {
      show: true,
      position: SIDES[look][node.column],
      distance: style.em * (isOver ? 0.1 : 0.35),
      offset: [isOver ? style.em * (LEANS_EM[node.column] ?? 0) : 0, 0],
      formatter: words,
      ...text,
      rich: { n: { ...text, fontWeight: 700 } },
    },
  };
}
