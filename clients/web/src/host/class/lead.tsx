// What leads all tables at once, or the one that is chosen: the same buttons, and above them whom they are for.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Confirm } from "../../parts/controls/sheet";
import type { Args } from "../../protocol/frames";
import { maySend } from "../../store/chairs";
import { aboutClass, type ClassTable, canCompare, tablesOf } from "../../store/classes";
import { useRoom } from "../../store/context";
import { isLost } from "../../store/time";
import { t, tn } from "../../texts";
import { type Ordered, useOrder } from "./order";
import type { Opened } from "./sheets";

const LONGEST = 400; // of a word to everybody, as the server takes it
const MORE_S = [30, 60];

/** What may be asked of these tables now: an order that none of them could take is not offered. */
export function offered(tables: readonly ClassTable[]): ReadonlySet<string> {
  const running = tables.filter(({ status }) => status === "running");
  const going = running.filter(({ paused }) => !paused);
  const found: [string, boolean][] = [
    ["start", tables.some(({ status }) => status === "lobby")],
    ["pause", going.length > 0],
    ["resume", tables.some(({ paused }) => paused)],
    ["extend", running.some(({ clock }) => clock?.deadline || clock?.remaining_ms)],
    ["advance", running.some(({ ends }) => !ends)],
    ["end", running.length > 0 && running.every(({ ends }) => ends)],
    ["last_season", running.some(({ season = 0, seasons = 0 }) => season < seasons)],
  ];
  return new Set(found.flatMap(([name, is]) => (is ? [name] : [])));
}

interface LeadProps {
  table: number;
  onAll: () => void;
  onOpen: (sheet: Opened) => void;
}

export function Lead({ table, onAll, onOpen }: LeadProps) {
  const room = useRoom();
  const order = useOrder();
  const tables = tablesOf(room.view);
  const meant = tables.filter(({ number }) => !table || number === table);
  const send = (name: string, args: Args = {}) => order.send(`host.${name}`, { ...args, ...(table ? { table } : {}) });
  return (
    <section class="class-lead" aria-label={t("ui.class.lead")}>
      <div class="row">
        <h2>{table ? t("ui.class.table", { n: table }) : tn("ui.class.all", tables.length)}</h2>
        {table ? (
          <Button look="quiet" onClick={onAll}>
            {t("ui.class.back_to_all")}
          </Button>
        ) : null}
        <WallChoice table={table} order={order} />
        {table || tables.length < 2 ? null : <InStep order={order} />}
        <NextSheet tables={tables} onOpen={onOpen} />
      </div>
      <div class="row">
        <Orders tables={meant} send={send} />
        {maySend(room, "host.announce") ? <Announce send={send} /> : null}
      </div>
      <div role="status">
        {order.said.map((sentence) => (
          <p key={sentence} class="meta">
            {sentence}
          </p>
        ))}
      </div>
      <Complaint failure={order.failure} />
    </section>
  );
}

/** What comes first in a class without tables, and last in one whose tables are over. */
function NextSheet({ tables, onOpen }: { tables: readonly ClassTable[]; onOpen: (sheet: Opened) => void }) {
  const room = useRoom();
  const sheet = canCompare(tables) ? "compare" : "tables";
  if (sheet === "tables" && (tables.length > 0 || !maySend(room, "class.tables"))) return null;
  return (
    <Button look="ink" onClick={() => onOpen(sheet)}>
      {t(sheet === "compare" ? "ui.class.compare" : "ui.class.open_tables")}
    </Button>
  );
}

type Send = (name: string, args?: Args) => ReturnType<Ordered["send"]>;

function Orders({ tables, send }: { tables: readonly ClassTable[]; send: Send }) {
  const room = useRoom();
  const [asked, setAsked] = useState<Asked>();
  const may = isLost(room) ? new Set<string>() : offered(tables);
  if (!maySend(room, "host.pause")) return null; // whoever may pause may send all of these
  return (
    <div class="row class-orders">
      {may.has("start") ? (
        <Button look="ink" onClick={() => send("start")}>
          {t("ui.class.start")}
        </Button>
      ) : null}
      <Button disabled={!may.has("pause")} onClick={() => send("pause")}>
        {t("ui.host.pause")}
      </Button>
      <Button look={may.has("resume") ? "ink" : "plain"} disabled={!may.has("resume")} onClick={() => send("resume")}>
        {t("ui.host.resume")}
      </Button>
      {MORE_S.map((seconds) => (
        <Button key={seconds} disabled={!may.has("extend")} onClick={() => send("extend", { seconds })}>
          {t("ui.host.extend", { seconds })}
        </Button>
      ))}
      {may.has("end") && maySend(room, "host.end") ? (
        <Button look="ink" onClick={() => setAsked("end")}>
          {t("ui.host.end")}
        </Button>
      ) : (
        <Button disabled={!may.has("advance")} onClick={() => setAsked("advance")}>
          {t("ui.class.advance")}
        </Button>
      )}
      <Button disabled={!may.has("last_season")} onClick={() => setAsked("last_season")}>
        {t("ui.host.last_season")}
      </Button>
      {asked ? <Sure asked={asked} tables={tables} send={send} onClose={() => setAsked(undefined)} /> : null}
    </div>
  );
}

/** What closes the phase, ends the game in its last recap, or has it end after the season. */
type Asked = "advance" | "end" | "last_season";

interface SureProps {
  asked: Asked;
  tables: readonly ClassTable[];
  send: Send;
  onClose: () => void;
}

/** What can't be taken back is asked once. */
function Sure({ asked, tables, send, onClose }: SureProps) {
  const waits = tables.reduce((sum, { people = 0, ready = 0 }) => sum + Math.max(0, people - ready), 0);
  const end = async (): Promise<void> => {
    for (const { number, ends } of tables) if (ends) await send("end", { table: number }); // no other table
  };
  const words = {
    advance: { text: tn("ui.class.advance.text", waits), act: t("ui.class.advance"), onAct: () => send("advance") },
    end: { text: t("ui.host.end.text"), act: t("ui.host.end"), onAct: end },
    last_season: {
      text: t("ui.host.last_season.text"),
      act: t("ui.host.last_season"),
      onAct: () => send("last_season", { last: true }),
    },
  };
  const title = t(asked === "end" ? "ui.host.end.title" : `ui.class.${asked}.title`);
  return <Confirm title={title} onClose={onClose} {...words[asked]} />;
}

/** What the wall of the class shows: all tables, or the one that is chosen. */
function WallChoice({ table, order }: { table: number; order: Ordered }) {
  const room = useRoom();
  const { wall = 0, compare = false } = aboutClass(room.view) ?? {};
  const show = (number: number) => order.send("class.wall", { table: number });
  const leads = maySend(room, "class.wall");
  return (
    <div class="row class-on-wall">
      <span class="meta">{t(`ui.class.wall.${compare ? "compare" : wall ? "one" : "all"}`, { n: wall })}</span>
      {leads && table && wall !== table ? (
        <Button onClick={() => show(table)}>{t("ui.class.wall.show", { n: table })}</Button>
      ) : null}
      {leads && (wall || compare) ? <Button onClick={() => show(0)}>{t("ui.class.wall.show_all")}</Button> : null}
    </div>
  );
}

/** Whether a phase ends at all tables once the last is done. */
function InStep({ order }: { order: Ordered }) {
  const room = useRoom();
  const { in_step = false } = aboutClass(room.view) ?? {};
  if (!maySend(room, "class.in_step")) return null;
  return (
    <div class="row">
      <Button on={in_step} onClick={() => order.send("class.in_step", { on: !in_step })}>
        {t("ui.class.in_step")}
      </Button>
      {in_step ? <span class="meta">{t("ui.class.in_step.means")}</span> : null}
    </div>
  );
}

function Announce({ send }: { send: Send }) {
  const [text, setText] = useState("");
  const say = async (): Promise<void> => {
    if (text.trim() && (await send("announce", { text: text.trim() })).ok) setText("");
  };
  return (
    <form
      class="row class-announce"
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
    >
      <input
        aria-label={t("ui.class.announce")}
        placeholder={t("ui.class.announce")}
        value={text}
        maxLength={LONGEST}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button kind="submit" disabled={!text.trim()} onClick={() => undefined}>
        {t("ui.host.send")}
      </Button>
    </form>
  );
}
