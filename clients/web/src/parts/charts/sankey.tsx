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

// a label beside the smallest node has room; where it is narrow it has two lines
const GAP_EM = { wide: 1.3, narrow: 2.5 };
const NARROW_EM = 30;
const RATHER_WIDE = 0.95; // a word's width is reckoned rather a letter too wide
const BESIDE_EM = 0.6; // between a node and its words
const COLUMN_NAMES = 4;

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
      <Canvas kind="sankey" label={`${finding}. ${summary}`} paint={(style) => optionOf(style, money, ceiling)} />
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

function optionOf(style: ChartStyle, money: Money, ceiling: number): Option {
  const [narrow, left, right] = laidOut(style, money);
  const gap = style.em * GAP_EM[narrow ? "narrow" : "wide"];
  const perColumn = [0, 1, 2, 3].map((column) => money.nodes.filter((node) => node.column === column).length);
  const gaps = (Math.max(...perColumn) - 1) * gap;
  const head = style.em * (narrow ? 2 : 1);
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
        data: money.nodes.map((node) => nodeOption(style, node, narrow)),
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

/** Return whether the words of the inner columns have to stand over their nodes, and the margins for the outer ones. */
function laidOut(style: ChartStyle, money: Money): [narrow: boolean, left: number, right: number] {
  const widths = (narrow: boolean): number[] =>
    Array.from({ length: COLUMN_NAMES }, (_, column) => style.em * (BESIDE_EM + widestIn(money, column, narrow)));
  const [left = 0, one = 0, other = 0, right = 0] = widths(false);
  const between = (style.width - left - right) / (COLUMN_NAMES - 1);
  if (style.width >= style.em * NARROW_EM && RATHER_WIDE * Math.max(one, other) < between) return [false, left, right];
  const narrow = widths(true);
  return [true, narrow[0] ?? 0, narrow[COLUMN_NAMES - 1] ?? 0];
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

// where it is narrow the words of the inner columns stand over their nodes, leaning away from each other
const SIDES = { wide: ["left", "right", "right", "right"], narrow: ["left", "top", "top", "right"] } as const;
const LEANS_EM = [0, -0.5, 0.5, 0];

function nodeOption(style: ChartStyle, node: MoneyNode, narrow: boolean): object {
  const inside = node.column > 0 && node.column < COLUMN_NAMES - 1;
  const words =
    narrow && inside ? nodeName(node.key) : `${nodeName(node.key)}${narrow ? "\n" : " "}{n|${number(node.credits)}}`;
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
      position: SIDES[narrow ? "narrow" : "wide"][node.column],
      distance: style.em * (narrow && inside ? 0.1 : 0.35),
      offset: [narrow ? style.em * (LEANS_EM[node.column] ?? 0) : 0, 0],
      formatter: words,
      ...text,
      rich: { n: { ...text, fontWeight: 700 } },
    },
  };
}
