// All tables of a class at a glance, a card each in the order of their numbers; what needs somebody stands before them.
import { Done, TimeLeft, whereItIs } from "../../parts/class/table_words";
import { Button } from "../../parts/controls/button";
import { link } from "../../route";
import { maySend } from "../../store/chairs";
import {
  aboutClass,
  type ClassTable,
  type Exception,
  exceptionsOf,
  formerOf,
  gameOf,
  gamesOver,
  tablesOf,
} from "../../store/classes";
import { useRoom } from "../../store/context";
import { held, hold } from "../../store/kept/held_seats";
import { t, tn } from "../../texts";
import { listed, number } from "../../texts/numbers";

interface ChooseProps {
  onChoose: (table: number) => void;
}

function sentenceOf(table: ClassTable, exception: Exception): string {
  const { asks = 0, lost = 0, away = 0 } = table;
  const numbers: { readonly [name in Exception]?: number } = { asks, lost, away };
  return tn(`ui.class.exception.${exception}`, numbers[exception] ?? 0);
}

/** Who waits for a table, and the tables that a teacher should go to, none of a former game; a press chooses one. */
export function Attention({ onChoose, onTables }: ChooseProps & { onTables: () => void }) {
  const room = useRoom();
  const { view } = room;
  const { waiting = 0 } = aboutClass(view) ?? {};
  const tables = tablesOf(view);
  const former = formerOf(tables);
  const found = tables.flatMap((table) => {
    const [exception] = former.includes(table) ? [] : exceptionsOf(table);
    return exception ? [{ table, exception }] : [];
  });
  if (found.length === 0 && waiting === 0) return null;
  const empty = found.filter(({ exception }) => exception === "empty").map(({ table }) => number(table.number));
  return (
    <section class="row class-attention" aria-label={t("ui.class.attention")}>
      <b>{t("ui.class.attention")}</b>
      {waiting > 0 ? <Waiting n={waiting} onTables={maySend(room, "class.tables") ? onTables : undefined} /> : null}
      {found
        .filter(({ exception }) => exception !== "empty")
        .map(({ table, exception }) => (
          <Button key={table.number} onClick={() => onChoose(table.number)}>
            {t("ui.class.attention.one", { n: table.number, what: sentenceOf(table, exception) })}
          </Button>
        ))}
      {empty.length > 0 ? <span>{t("ui.class.attention.empty", { tables: listed(empty) })}</span> : null}
    </section>
  );
}

/** How many wait for a table; a press opens more, for whoever may. */
function Waiting({ n, onTables }: { n: number; onTables: (() => void) | undefined }) {
  const words = tn("ui.class.waiting", n);
  return onTables ? <Button onClick={onTables}>{words}</Button> : <span>{words}</span>;
}

interface CardsProps extends ChooseProps {
  chosen: number;
  /** Compare the tables of a game. */
  onCompare: (game: number) => void;
}

/** The tables that are played, and in one line below them those of former games. */
export function Cards({ onCompare, ...choice }: CardsProps) {
  const tables = tablesOf(useRoom().view);
  const former = formerOf(tables);
  if (tables.length === 0) return <p class="note">{t("ui.class.no_tables")}</p>;
  return (
    <>
      <CardList tables={tables.filter((table) => !former.includes(table))} {...choice} />
      {former.length > 0 ? (
        <details class="fold class-former">
          <summary>{tn("ui.class.former", former.length)}</summary>
          <div class="stack">
            {[...new Set(former.map(gameOf))].reverse().map((game) => (
              <section key={game} class="stack tight">
                <div class="row">
                  <h3>{t("ui.class.game", { game })}</h3>
                  {gamesOver(tables).includes(game) ? (
                    <Button onClick={() => onCompare(game)}>{t("ui.class.game.compare")}</Button>
                  ) : null}
                </div>
                <CardList tables={former.filter((table) => gameOf(table) === game)} {...choice} />
              </section>
            ))}
          </div>
        </details>
      ) : null}
    </>
  );
}

function CardList({ tables, chosen, onChoose }: ChooseProps & { tables: readonly ClassTable[]; chosen: number }) {
  return (
    <ul class="class-tables">
      {tables.map((table) => (
        <li key={table.number} class={table.number === chosen ? "class-table chosen" : "class-table"}>
          <TableCard table={table} isChosen={table.number === chosen} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
}

function TableCard({ table, isChosen, onChoose }: ChooseProps & { table: ClassTable; isChosen: boolean }) {
  const room = useRoom();
  const { here = 0, people = 0, bots = 0, places, dealt } = table;
  const seated = Math.max(people, dealt);
  return (
    <>
      <div class="row spread">
        <Button on={isChosen} onClick={() => onChoose(table.number)}>
          {t("ui.class.table", { n: table.number })}
        </Button>
        <OpenTable table={table} />
      </div>
      <p class="row spread class-phase">
        <b>{whereItIs(table)}</b>
        <TimeLeft room={room} table={table} />
      </p>
      <p>
        {tn("ui.class.seated", places, { here, people: seated, places })}
        {bots > 0 ? ` · ${tn("ui.class.bots", bots)}` : ""}
      </p>
      <Done table={table} />
      <p class="row class-tags">
        {exceptionsOf(table).map((exception) => (
          <span key={exception} class="tag class-exception">
            {sentenceOf(table, exception)}
          </span>
        ))}
        {table.last_season ? <span class="tag">{t("ui.class.is_last")}</span> : null}
        {table.locked ? <span class="tag">{t("ui.host.locked")}</span> : null}
        {table.waits ? <span class="tag">{t("ui.class.waits")}</span> : null}
        {table.own_rules ? <span class="tag">{t("ui.class.own_rules")}</span> : null}
      </p>
    </>
  );
}

/** The console of one table, in a tab of its own; the class's token opens it too. */
function OpenTable({ table: { room: code, number: n } }: { table: ClassTable }) {
  const { code: ofClass } = useRoom();
  const give = (): void => {
    const token = held("host", ofClass.peek())?.token;
    if (token) hold("host", code, token, "", ofClass.peek());
  };
  return (
    <a
      class="button quiet"
      href={link(`c/${code}`)}
      target="_blank"
      rel="noopener"
      aria-label={t("ui.class.console_of", { n })}
      onClick={give}
      onAuxClick={give}
    >
      {t("ui.class.console")}
    </a>
  );
}
