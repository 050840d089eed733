// Where a season's credits went, in four columns: who paid, for which sector, in which step, who got it. At most
// fourteen nodes, in the same order in every season; every column adds up to the same. Drawn from the debrief where
// there is one, during play from what the table retells of seasons that are over; the season that is played has its
// flows alone, with one pot in place of the sectors. No rule is known here: only names are put together, and what goes
// in and out is counted.

import type { ByNumber, Flow } from "../../store/entities";
import type { View } from "../../store/view";
import { debriefOf, type Link } from "../results/debrief_data";

export interface MoneyNode {
  key: string;
  column: number;
  credits: number;
}

export interface Money {
  total: number;
  nodes: readonly MoneyNode[];
  links: readonly Link[];
}

const MOST_NODES = 14;
const COLUMNS = ["from", "sector", "step", "to"];
const REST = "sector:rest";
const POT = "sector:ventures";
const BESIDE = "sector:outside";
const NOT_MOVED = ["endowment", "escrow", "release"]; // starting credits, and what only changes its drawer

// names that are shown together, in the order in which they are drawn; sectors come as the table has them
const FROM: Groups = { consumers: "consumers", government: "government", "*": "room" };
const STEP: Groups = Object.fromEntries([
  ...[
    "wage",
    "fee",
    "day_job",
    "resale",
    "badge",
    "lend",
    "birth_grant",
    "backer_grant",
    "product_grant",
    "grant_back",
    "rescue",
  ].map((step) => [step, "pay"]),
  ...["dividend", "preference", "liquidation", "kept"].map((step) => [step, "profit"]),
  ["*", "costs"],
]) as Groups;
const TO: Groups = { maker: "maker", investor: "investor", operator: "operator", reserve: "kept", "*": "outside" };
const ORDER = [
  "consumers",
  "government",
  "room",
  "pay",
  "costs",
  "profit",
  "maker",
  "investor",
  "operator",
  "kept",
  "outside",
];

type Groups = { readonly [name: string]: string };
type Sums = Map<string, number>;

/** Return the credits of each season that has any, by season, all with the same nodes. */
export function moneyBySeason(view: View): ReadonlyMap<number, Money> {
  const raw = ofDebrief(view) ?? new Map([...ofFlows(view.all("flow")), ...ofPast(view)]);
  const grouped = new Map(
    [...raw].filter(([, links]) => links.size > 0).map(([season, links]) => [season, regrouped(links, groupOf)]),
  );
  const kept = sectorsKept([...grouped.values()]);
  const order = view.all("sector").map((sector) => `sector:${sector.name}`);
  const found = [...grouped].map(
    ([season, links]) =>
      [
        season,
        drawn(
          regrouped(links, (key) => (isRest(key, kept) ? REST : key)),
          order,
        ),
      ] as const,
  );
  return new Map(found.sort(([one], [other]) => one - other));
}

const PART_OF_START = 0.6; // a season moves about half of what the room began with

/**
 * Return the credits that a full height stands for, the same in every season: a part of what the room began with, or
 * more.
 */
export function ceilingOf(view: View, money: ReadonlyMap<number, Money>): number {
  const begun = view.all("flow").filter((flow) => flow.reason === "endowment");
  return Math.max(
    1,
    PART_OF_START * begun.reduce((sum, flow) => sum + flow.amount, 0),
    ...[...money.values()].map((season) => season.total),
  );
}

function ofDebrief(view: View): Map<number, Sums> | undefined {
  const told = debriefOf(view);
  return (
    told &&
    new Map(Object.entries(told.energy).map(([season, { links }]) => [Number(season), sums(Object.values(links))]))
  );
}

/** Return whether a season is over and its money counted. */
export function isCounted(view: View, season: number): boolean {
  return debriefOf(view) !== undefined || view.find("past", season) !== undefined;
}

function ofPast(view: View): Map<number, Sums> {
  return new Map(
    view.all("past").map(({ season, energy }) => [season, new Map(Object.entries((energy ?? {}) as ByNumber))]),
  );
}

function ofFlows(flows: readonly Flow[]): Map<number, Sums> {
  const seasons = new Map<number, Link[]>();
  for (const flow of flows) {
    if (NOT_MOVED.includes(flow.reason) || flow.amount === 0) continue;
    const links = seasons.get(flow.season) ?? [];
    seasons.set(flow.season, links);
    links.push(...linksOf(flow));
  }
  return new Map([...seasons].map(([season, links]) => [season, balanced(sums(links))]));
}

function linksOf({ source, target, reason, amount: credits }: Flow): Link[] {
  if (target === "venture") return [{ from: `from:${source}`, to: POT, credits }];
  const pot = source === "venture" ? POT : BESIDE;
  const inward = pot === BESIDE ? [{ from: `from:${source}`, to: pot, credits }] : [];
  return [
    ...inward,
    { from: pot, to: `step:${reason}`, credits },
    { from: `step:${reason}`, to: `to:${target}`, credits },
  ];
}

/** What ventures took in and did not pay out they keep; what they paid beyond it they had before. */
function balanced(links: Sums): Sums {
  const [came, went] = [into(links, POT), outOf(links, POT)];
  if (came > went) return add(add(links, `${POT}>step:kept`, came - went), "step:kept>to:reserve", came - went);
  return came < went ? add(links, `from:reserve>${POT}`, went - came) : links;
}

function sums(links: readonly Link[]): Sums {
  return links.reduce((found, link) => add(found, `${link.from}>${link.to}`, link.credits), new Map<string, number>());
}

function add(found: Sums, key: string, credits: number): Sums {
  return found.set(key, (found.get(key) ?? 0) + credits);
}

function listed(links: Sums): Link[] {
  return [...links].map(([key, credits]) => {
    const [from = "", to = ""] = key.split(">");
    return { from, to, credits };
  });
}

function into(links: Sums, node: string): number {
  return listed(links).reduce((sum, link) => sum + (link.to === node ? link.credits : 0), 0);
}

function outOf(links: Sums, node: string): number {
  return listed(links).reduce((sum, link) => sum + (link.from === node ? link.credits : 0), 0);
}

function groupOf(key: string): string {
  const [sort = "", name = ""] = key.split(":");
  const groups = { from: FROM, step: STEP, to: TO }[sort];
  return groups ? `${sort}:${groups[name] ?? groups["*"]}` : key;
}

function regrouped(links: Sums, name: (key: string) => string): Sums {
  return sums(listed(links).map((link) => ({ ...link, from: name(link.from), to: name(link.to) })));
}

/**
 * Return the sectors with a node of their own: the largest over all seasons, as many as there is room for. The pot is
 * none.
 */
function sectorsKept(seasons: readonly Sums[]): ReadonlySet<string> {
  const all = seasons.flatMap(listed).filter((link) => link.from !== POT && link.to !== POT);
  const keys = new Set(all.flatMap((link) => [link.from, link.to]));
  const sectors = [...keys].filter((key) => key.startsWith("sector:"));
  const room = MOST_NODES - (keys.size - sectors.length);
  const sizes = sums(all.map((link) => ({ from: link.from, to: "", credits: link.credits })));
  const sorted = sectors.sort((one, other) => (sizes.get(`${other}>`) ?? 0) - (sizes.get(`${one}>`) ?? 0));
  return new Set(sorted.length <= room ? sorted : sorted.slice(0, Math.max(0, room - 1)));
}

function isRest(key: string, kept: ReadonlySet<string>): boolean {
  return key.startsWith("sector:") && key !== POT && !kept.has(key);
}

function drawn(sumsOfLinks: Sums, sectors: readonly string[]): Money {
  const links = listed(sumsOfLinks);
  const keys = [...new Set(links.flatMap((link) => [link.from, link.to]))];
  const place = (key: string): number =>
    key.startsWith("sector:")
      ? sectors.indexOf(key) + 1 || sectors.length + 1 + Number(key === REST || key === BESIDE)
      : ORDER.indexOf(key.split(":")[1] ?? "");
  const column = (key: string): number => COLUMNS.indexOf(key.split(":")[0] ?? "");
  const credits = (key: string): number => Math.max(into(sumsOfLinks, key), outOf(sumsOfLinks, key));
  const nodes = keys
    .map((key) => ({ key, column: column(key), credits: credits(key) }))
    .sort((one, other) => one.column - other.column || place(one.key) - place(other.key));
  const ranks = new Map(nodes.map((node, rank) => [node.key, rank]));
  const ordered = links.sort(
    (one, other) =>
      (ranks.get(one.from) ?? 0) - (ranks.get(other.from) ?? 0) ||
      (ranks.get(one.to) ?? 0) - (ranks.get(other.to) ?? 0),
  );
  return {
    total: nodes.filter((node) => node.column === 0).reduce((sum, node) => sum + node.credits, 0),
    nodes,
    links: ordered,
  };
}
