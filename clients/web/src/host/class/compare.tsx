// The tables of a class's game, or all of them, beside each other, once they are over: who lies apart, every figure
// on one scale, what differs in rules and doings, means of classes with intervals, files to take home, and all of it
// on the wall.
import { useEffect, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { round, Strips, WhoIsNamed } from "../../parts/class/strips";
import { Button } from "../../parts/controls/button";
import { Options } from "../../parts/controls/options";
import { language } from "../../prefs";
import type { Failure } from "../../protocol/frames";
import { isVisitor, maySend } from "../../store/chairs";
import { aboutClass } from "../../store/classes";
import {
  ALL_GAMES,
  type Compared,
  type ComparedGroup,
  codesIn,
  comparisonOf,
  LATEST_GAME,
  useCompared,
} from "../../store/compared";
import { useRoom } from "../../store/context";
import { held } from "../../store/kept/held_seats";
import { keepFile } from "../../store/taking_home";
import { has, need, t, tn } from "../../texts";
import "../../parts/results/figures.css";

const FILES = ["page", "tables"];
const OF_STUDENTS = ["students", "term"];

/** The tables of the latest game, or all where a host wants that; or those of a former game while others may go on. */
export function CompareTables({ game: named = LATEST_GAME }: { game?: number }) {
  const [game, setGame] = useState(named);
  const code = useRoom().code.value;
  const token = held("host", code)?.token ?? "";
  const [beside, setBeside] = useState<readonly string[]>([]);
  const { compared, failure } = useCompared(code, token, beside, game);
  useEffect(() => void need("play"), []); // what people did, in their words
  return (
    <div class="stack class-compare">
      {named === LATEST_GAME ? <Games latest={compared?.game} game={game} onChoose={setGame} /> : null}
      <Complaint failure={failure} />
      {compared ? (
        <>
          <WhoIsNamed compared={compared} />
          {game === LATEST_GAME ? <OnTheWall /> : null}
          <Strips compared={compared} figures={compared.figures} />
          {compared.usual ? <p class="meta">{t("ui.class.compare.how")}</p> : null}
          {compared.can_name ? <p class="meta">{t("ui.class.compare.chance")}</p> : null}
          <Differences compared={compared} />
          <Means compared={compared} />
        </>
      ) : null}
      <Beside onBeside={setBeside} />
      {compared ? <Files code={code} token={token} beside={beside} game={game} /> : null}
    </div>
  );
}

interface GamesProps {
  /** The number of the latest game, once it is known and where there are several. */
  latest: number | undefined;
  game: number;
  onChoose: (game: number) => void;
}

/** The latest game, or all of them together. */
function Games({ latest, game, onChoose }: GamesProps) {
  const [known, setKnown] = useState(latest);
  if (latest !== undefined && latest !== known) setKnown(latest); // all together are of no game
  if (known === undefined) return null;
  return (
    <Options
      label={t("ui.class.compare.games")}
      unlabelled
      options={[
        { value: LATEST_GAME, label: t("ui.class.game", { game: known }) },
        { value: ALL_GAMES, label: t("ui.class.compare.games.all") },
      ]}
      value={game}
      onChange={onChoose}
    />
  );
}

function OnTheWall() {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const isShown = aboutClass(room.view)?.compare === true;
  if (!maySend(room, "class.wall")) return null;
  const show = async (): Promise<void> =>
    setFailure((await room.send("class.wall", isShown ? { table: 0 } : { table: 0, compare: true })).error);
  return (
    <div class="row">
      <Button on={isShown} onClick={show}>
        {t("ui.class.compare.wall")}
      </Button>
      <Complaint failure={failure} />
    </div>
  );
}

/** What a table was played by otherwise than most, and what its people did far more or less often. */
function Differences({ compared }: { compared: Compared }) {
  const differing = compared.tables.filter(({ rules = [], did = [] }) => rules.length + did.length > 0);
  const groups = compared.groups.filter(({ rules = [] }) => rules.length > 0);
  if (differing.length + groups.length === 0) return null;
  return (
    <section class="stack tight">
      <h3>{t("ui.class.compare.differs")}</h3>
      {differing.map(({ table, rules = [], did = [] }) => (
        <div key={table}>
          <b>{t("ui.class.table", { n: table })}</b>
          <ul>
            <Rules rules={rules} />
            {did.map(({ role, command, each, others }) => (
              <li key={`${role} ${command}`}>
                {t("ui.class.compare.did", {
                  role: t(`role.${role}`),
                  command: t(`command.${command}`),
                  each: round(each),
                  others: round(others),
                })}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {groups.map((group) => (
        <div key={keyOf(group)}>
          <b>{headOf(group)}</b>
          <ul>
            <Rules rules={group.rules ?? []} />
          </ul>
        </div>
      ))}
    </section>
  );
}

function Rules({ rules }: { rules: NonNullable<ComparedGroup["rules"]> }) {
  return (
    <>
      {rules.map(({ path, is, usual }) => (
        <li key={path}>{t("ui.class.compare.rule", { path, is: String(is), usual: String(usual) })}</li>
      ))}
    </>
  );
}

/** The means of this class and of others, with intervals, and what usually happens. */
function Means({ compared: { figures, groups, usual } }: { compared: Compared }) {
  return (
    <details class="fold">
      <summary>{t("ui.class.compare.means")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the page is scrolled by keys */}
      <div class="wide-table" tabIndex={0} role="region" aria-label={t("ui.class.compare.means")}>
        <table>
          <thead>
            <tr>
              <td />
              {groups.map((group) => (
                <th key={keyOf(group)} scope="col">
                  {headOf(group)}
                </th>
              ))}
              {usual ? <th scope="col">{t("ui.class.compare.bots")}</th> : null}
            </tr>
          </thead>
          <tbody>
            {figures.map((name) => (
              <tr key={name}>
                <th scope="row">{t(`ui.class.compare.figure.${name}`)}</th>
                {groups.map((group) => (
                  <td key={keyOf(group)}>{interval(group.figures[name])}</td>
                ))}
                {usual ? <td>{interval(middleFirst(usual.figures[name]))}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function keyOf({ code, scenario, seasons }: ComparedGroup): string {
  return `${code} ${scenario} ${seasons}`;
}

/** Whose means they are: of how many tables, of which scenario and length. */
function headOf({ code, name, tables, scenario, seasons }: ComparedGroup): string {
  const title = has(`scenario.${scenario}`) ? t(`scenario.${scenario}`) : scenario;
  const length = tables > 0 ? [t("ui.class.compare.length", { scenario: title, seasons })] : [];
  return [name || code, tn("ui.class.compare.tables", tables), ...length].join(" · ");
}

function middleFirst(usual: readonly [number, number, number] | undefined): readonly number[] | undefined {
  return usual && [usual[1], usual[0], usual[2]];
}

/** Return a middle and, where there is one, the interval around it. */
export function interval(told: readonly number[] | undefined): string {
  const [middle, low, high] = told ?? [];
  if (middle === undefined) return "";
  return low === undefined || high === undefined ? round(middle) : `${round(middle)} (${round(low)}–${round(high)})`;
}

/** Earlier classes and rooms, by their codes or links. */
function Beside({ onBeside }: { onBeside: (codes: readonly string[]) => void }) {
  const [typed, setTyped] = useState("");
  return (
    <form
      class="row class-announce"
      onSubmit={(event) => {
        event.preventDefault();
        onBeside(codesIn(typed));
      }}
    >
      <input
        aria-label={t("ui.class.compare.with")}
        placeholder={t("ui.class.compare.with")}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <Button kind="submit" onClick={() => undefined}>
        {t("ui.class.compare.with.add")}
      </Button>
    </form>
  );
}

interface FilesProps {
  code: string;
  token: string;
  beside: readonly string[];
  game: number;
}

function Files({ code, token, beside, game }: FilesProps) {
  const visits = isVisitor(useRoom());
  const [failure, setFailure] = useState<Failure>();
  const take = async (what: string): Promise<void> => {
    const path = comparisonOf(code, beside, what, game);
    setFailure(await keepFile(`${path}${path.includes("?") ? "&" : "?"}language=${language.value}`, token));
  };
  return (
    <div class="row">
      {[...FILES, ...(visits ? [] : OF_STUDENTS)].map((what) => (
        <Button key={what} onClick={() => take(what)}>
          {t(`ui.class.compare.file.${what}`)}
        </Button>
      ))}
      {visits ? <p class="meta">{t("ui.console.hosts.no_points")}</p> : null}
      <Complaint failure={failure} />
    </div>
  );
}
