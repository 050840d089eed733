// The story of my money: each season what came in, what went out and what was kept; each line opens its reason.
import { useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Options } from "../../parts/controls/options";
import { Card } from "../../parts/pictures/card";
import { useRoom } from "../../store/context";
import type { Entry } from "../../store/entities";
import { seatName, spaceName, ventureName } from "../../store/names";
import type { Room } from "../../store/room";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { t } from "../../texts";
import { number, signed } from "../../texts/numbers";

/** Return what this seat's purse took in and gave out in a season, the largest first. */
export function entriesOf(room: Room, season: number): Entry[] {
  const own = netted(room.view.all("entry").filter((entry) => entry.season === season));
  return own.sort(
    (one, other) => Math.abs(other.amount) - Math.abs(one.amount) || one.reason.localeCompare(other.reason),
  );
}

/** Return entries with what was set aside and came back taken off each other: it never left one's hands. */
function netted(entries: readonly Entry[]): Entry[] {
  const [aside = [], moved = []] = [true, false].map((is) =>
    entries.filter((entry) => ["escrow", "release"].includes(entry.reason) === is),
  );
  const [first] = aside;
  const amount = sum(aside);
  return first && amount !== 0 ? [...moved, { ...first, reason: amount < 0 ? "escrow" : "release", amount }] : moved;
}

/** Return whose an account is: a venture, a person, a space, what was set aside, or the world. */
export function accountName(view: View, account: string): string {
  const [sort = "", id = ""] = account.split(":");
  if (sort === "venture") return ventureName(view, Number(id));
  if (sort === "operator") return spaceName(view, id);
  if (sort === "maker" || sort === "investor") return seatName(view, Number(id));
  return t(`ui.account.${sort}`);
}

function sum(entries: readonly Entry[]): number {
  return entries.reduce((all, entry) => all + entry.amount, 0);
}

type Way = "all" | "in" | "out";
const WAYS: readonly Way[] = ["all", "in", "out"];

export function MoneyStory() {
  const room = useRoom();
  const [way, setWay] = useState<Way>("all");
  const [table, setTable] = useState(false);
  const seasons = [...new Set(room.view.all("entry").map((entry) => entry.season))].sort((one, other) => other - one);
  const fits = (entry: Entry): boolean => way === "all" || entry.amount > 0 === (way === "in");
  if (seasons.length === 0) return <p class="meta">{t("ui.money.none")}</p>;
  return (
    <div class="stack">
      <Options
        label={t("ui.money.filter")}
        options={WAYS.map((value) => ({ value, label: t(`ui.money.${value}`) }))}
        value={way}
        onChange={setWay}
        unlabelled
      />
      {table ? (
        <AsTable entries={seasons.flatMap((season) => entriesOf(room, season)).filter(fits)} />
      ) : (
        seasons.map((season) => <Season key={season} season={season} fits={fits} />)
      )}
      <Button on={table} onClick={() => setTable(!table)}>
        {t("ui.as_table")}
      </Button>
    </div>
  );
}

function Season({ season, fits }: { season: number; fits: (entry: Entry) => boolean }) {
  const room = useRoom();
  const all = entriesOf(room, season);
  return (
    <section class="stack tight">
      <h2 class="row spread">
        <span>{season === 0 ? t("ui.money.start") : t("ui.season", { season: seasonInRun(room.view, season) })}</span>
        <span class="mono">{signed(sum(all))}</span>
      </h2>
      <ul>
        {all.filter(fits).map((entry) => (
          <Line key={`${entry.reason}:${entry.other}`} entry={entry} />
        ))}
      </ul>
      <Balance entries={all} />
    </section>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { view } = useRoom();
  return (
    <li>
      <details class="money-line">
        <summary>
          <b class={`mono ${entry.amount > 0 ? "good" : ""}`}>{signed(entry.amount)}</b>{" "}
          <span class="grow">{t(`reason.${entry.reason}`)}</span>
          <bdi class="meta">{accountName(view, entry.other)}</bdi>
        </summary>
        <p class="meta">{t(`why.${entry.reason}`)}</p>
      </details>
    </li>
  );
}

/** In = out + kept, in words. */
function Balance({ entries }: { entries: readonly Entry[] }) {
  const taken = sum(entries.filter((entry) => entry.amount > 0));
  const given = Math.abs(sum(entries.filter((entry) => entry.amount < 0)));
  return (
    <p class="meta mono balance">
      {t("ui.money.balance", { in: number(taken), out: number(given), kept: signed(taken - given).replace("+", "") })}
    </p>
  );
}

function AsTable({ entries }: { entries: readonly Entry[] }) {
  const { view } = useRoom();
  return (
    <table class="plain-table">
      <thead>
        <tr>
          {["season", "reason", "with", "credits"].map((column) => (
            <th key={column} scope="col">
              {t(`ui.money.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.season}:${entry.reason}:${entry.other}`}>
            <td>{entry.season === 0 ? "–" : seasonInRun(view, entry.season)}</td>
            <td>{t(`reason.${entry.reason}`)}</td>
            <td>
              <bdi>{accountName(view, entry.other)}</bdi>
            </td>
            <td class="mono">{signed(entry.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const MARKET = ["sales", "goods", "wage", "fee", "rent", "tax", "dividend"];

/** Where the market's money went, as far as it went through this seat's hands. */
export function MarketMoney() {
  const room = useRoom();
  const found = entriesOf(room, room.game.value.season ?? 0).filter((entry) => MARKET.includes(entry.reason));
  return <Moved title={t(`question.market.${room.role.value}.after`)} entries={found} />;
}

/** A season's money on one card. */
export function SeasonMoney() {
  const room = useRoom();
  return <Moved title={t("ui.money.season")} entries={entriesOf(room, room.game.value.season ?? 0)} />;
}

function Moved({ title, entries }: { title: string; entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <Card>
      <h2>{title}</h2>
      <ul>
        {entries.map((entry) => (
          <Line key={`${entry.reason}:${entry.other}`} entry={entry} />
        ))}
      </ul>
      <Balance entries={entries} />
    </Card>
  );
}
