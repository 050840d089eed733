// What leads all tables at once, or the one that is chosen: the same buttons, and above them whom they are for.
import { useEffect, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { maySend } from "../../store/chairs";
import { aboutClass, type ClassTable, canCompare, formerOf, PLAYED_ON, tablesOf } from "../../store/classes";
import { useRoom } from "../../store/context";
import { isLost } from "../../store/time";
import { t } from "../../texts";
import { Icon } from "../icons";
import { counted } from "./counted";
import { nameOf, type Ordered, takersOf, useOrder } from "./order";
import { Orders } from "./orders";
import type { Opened } from "./sheets";

const LONGEST = 400; // of a word to everybody, as the server takes it
interface LeadProps {
  table: number;
  onAll: () => void;
  onOpen: (sheet: Opened) => void;
}

export function Lead({ table, onAll, onOpen }: LeadProps) {
  const room = useRoom();
  const order = useOrder();
  useEffect(order.forget, [table]);
  const tables = tablesOf(room.view);
  const on = tables.filter(({ status }) => PLAYED_ON.has(status));
  const former = formerOf(tables);
  const meant = tables.filter((each) => (table ? each.number === table : !former.includes(each)));
  return (
    <section class="class-lead" aria-label={t("ui.class.lead")}>
      <div class="row">
        <h2>{table ? t("ui.class.table", { n: table }) : counted("ui.class.all", tables.length - former.length)}</h2>
        {table ? (
          <Button look="quiet" onClick={onAll}>
            {t("ui.class.back_to_all")}
          </Button>
        ) : null}
        <WallChoice table={table} order={order} />
        {table || on.length < 2 ? null : <InStep order={order} />}
        <Door tables={meant} order={order} />
        <NextSheet tables={tables} onOpen={onOpen} />
      </div>
      <div class="row">
        {tables.length > 0 ? <Orders tables={meant} lead={order.lead} /> : null}
        {tables.length > 0 && maySend(room, "host.announce") ? (
          <Announce onSay={(text) => order.lead("announce", meant, { text })} />
        ) : null}
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

/** Whether somebody new may come in; as long as one of the tables is open it locks. */
function Door({ tables, order }: { tables: readonly ClassTable[]; order: Ordered }) {
  const room = useRoom();
  const next = takersOf("lock", tables).length > 0 ? "lock" : "unlock";
  if (takersOf(next, tables).length === 0 || !maySend(room, "host.lock")) return null;
  return (
    <Button on={next === "unlock"} disabled={isLost(room)} onClick={() => order.lead(next, tables)}>
      <Icon name="lock" size={16} /> {nameOf(next)}
    </Button>
  );
}

function Announce({ onSay }: { onSay: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState("");
  const say = async (): Promise<void> => {
    if (text.trim() && (await onSay(text.trim()))) setText("");
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
