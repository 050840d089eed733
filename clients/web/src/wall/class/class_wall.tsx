// The wall of a class: all tables side by side, a card each and no name, or one table as its own wall shows it. Which
// of them, the hosts say; how to get into the class stands there always.
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Done, TimeLeft, whereItIs } from "../../parts/class/table_words";
import { Qr } from "../../parts/pictures/qr";
import { aboutClass, type ClassTable, formerOf, tablesOf } from "../../store/classes";
import { RoomContext, useRoom } from "../../store/context";
import { addressFor } from "../../store/join_address";
import { useWatched } from "../../store/watched";
import { need, t, tn } from "../../texts";
import { useAppearanceKeys, useWallAppearance } from "../appearance";
import { Mat } from "../mat";
import { CompareScene } from "./compare_scene";
import "./class_wall.css";

/** `wall` draws the wall of the room around it. */
export function ClassWall({ wall }: { wall: FunctionComponent }) {
  const { view } = useRoom();
  const [isReady, setReady] = useState(false);
  useEffect(() => void need("class").then(() => setReady(true)), []);
  const isCompared = aboutClass(view)?.compare === true;
  const shown = tablesOf(view).find(({ number }) => number === aboutClass(view)?.wall);
  if (!isReady) return null;
  if (isCompared) return <CompareScene />;
  return shown ? <OneTable key={shown.room} table={shown} wall={wall} /> : <AllTables />;
}

/** A connection of its own to one table, for as long as that is shown. */
function OneTable({ table, wall: Wall }: { table: ClassTable; wall: FunctionComponent }) {
  const room = useWatched(table.room);
  return (
    <RoomContext.Provider value={room}>
      <Wall />
      <p class="class-wall-which">{t("ui.class.table", { n: table.number })}</p>
    </RoomContext.Provider>
  );
}

const COLUMNS = [1, 2, 2, 2, 2, 3, 3, 3, 3, 3]; // by the number of tables; of more there are four

function AllTables() {
  const room = useRoom();
  useWallAppearance();
  useAppearanceKeys();
  const { code = "", name = "" } = aboutClass(room.view) ?? {};
  const all = tablesOf(room.view);
  const former = new Set(formerOf(all)); // a class that plays on looks for the tables of now
  const tables = all.filter((table) => !former.has(table));
  const { join } = addressFor(code);
  const columns = COLUMNS[tables.length] ?? (tables.length > 20 ? 6 : 4);
  return (
    <div class="wall class-wall">
      <Mat />
      <header class="class-wall-head board">
        <h1>{name || t("ui.class.unnamed")}</h1>
      </header>
      <main class="class-wall-main">
        <ul style={{ "--columns": columns }} class={sizeOf(tables.length)}>
          {tables.map((table, index) => (
            <Card key={table.number} table={table} first={firstOfLastRow(index, tables.length, columns)} />
          ))}
        </ul>
        <aside class="board class-wall-in">
          <Qr text={join} />
          <b class="mono">{code}</b>
          <span>{join.replace(/^https?:\/\/|\/#.*$/g, "")}</span>
        </aside>
      </main>
    </div>
  );
}

/** How large cards are written: two have the whole height of the wall, four the half of it. */
function sizeOf(tables: number): string {
  if (tables > 12) return "many";
  if (tables > 4) return "";
  return tables > 2 ? "half-high" : "few";
}

/** Return where the first card of a last row begins that is not full, in halves of a column: in the middle. */
export function firstOfLastRow(index: number, all: number, columns: number): number | undefined {
  const last = all % columns;
  return last > 0 && index === all - last ? columns - last + 1 : undefined;
}

function Card({ table, first }: { table: ClassTable; first: number | undefined }) {
  const room = useRoom();
  const { number, here = 0, places, paused, status, phase = "", season = 0, seasons = 0 } = table;
  return (
    <li class="board" style={first ? { gridColumnStart: first } : {}}>
      <div class="row spread">
        <h2>{t("ui.class.table", { n: number })}</h2>
        <TimeLeft room={room} table={table} />
      </div>
      {status === "running" ? (
        <>
          <b>{t(`phase.${phase}`)}</b>
          <p>
            {t("ui.wall.season", { season, seasons })}
            {table.last_season ? <b> · {t("ui.wall.last_season")}</b> : null}
          </p>
        </>
      ) : (
        <p>{whereItIs(table)}</p>
      )}
      {status === "running" ? <Done table={table} /> : <p>{tn("ui.class.wall.here", places, { here, places })}</p>}
      {paused ? <b>{t("ui.paused")}</b> : null}
    </li>
  );
}
