// The buttons that lead tables: an order that none of them can take is not offered, and what can't be taken back is
// asked once.
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Confirm } from "../../parts/controls/sheet";
import type { Args } from "../../protocol/frames";
import { maySend } from "../../store/chairs";
import { type ClassTable, isAtItsEnd } from "../../store/classes";
import { useRoom } from "../../store/context";
import { isLost } from "../../store/time";
import { t, tn } from "../../texts";
import { listed, number } from "../../texts/numbers";
import { nameOf, ORDERS, type Order, type Ordered, takersOf } from "./order";

const MORE_S = [30, 60];
const ELSEWHERE: readonly Order[] = ["announce", "lock", "unlock"]; // that have a field and a key of their own
const BUTTONS = ORDERS.filter((order) => !ELSEWHERE.includes(order));

/**
 * Return what may be asked of these tables now: the end, once it is the next thing at each that plays, and the ranking,
 * once none plays.
 */
export function offered(tables: readonly ClassTable[]): ReadonlySet<Order> {
  const found = new Set(BUTTONS.filter((order) => takersOf(order, tables).length > 0));
  if (found.has("advance")) found.delete("end");
  if (tables.some(({ status }) => status === "running")) found.delete("ranking");
  return found;
}

interface OrdersProps {
  tables: readonly ClassTable[];
  lead: Ordered["lead"];
}

export function Orders({ tables, lead }: OrdersProps) {
  const room = useRoom();
  const [asked, setAsked] = useState<Asked>();
  const may = isLost(room) ? new Set<Order>() : offered(tables);
  if (!maySend(room, "host.pause")) return null; // whoever may pause may send most of these
  const next = may.has("end") ? "end" : "advance"; // an end that a lead has decided: an assistant may close it
  const does = { tables, lead, may };
  return (
    <div class="row class-orders">
      {may.has("start") ? <Does order="start" isNext {...does} /> : null}
      <Does order="pause" {...does} />
      <Does order="resume" isNext={may.has("resume")} {...does} />
      {MORE_S.map((seconds) => (
        <Does key={seconds} order="extend" args={{ seconds }} {...does} />
      ))}
      <Button look={next === "end" ? "ink" : "plain"} disabled={!may.has(next)} onClick={() => setAsked(next)}>
        {nameOf(next)}
      </Button>
      <LastSeason onAsk={() => setAsked("last_season")} {...does} />
      {may.has("ranking") && maySend(room, "host.show") ? <Does order="ranking" isNext {...does} /> : null}
      {asked ? <Sure asked={asked} tables={tables} lead={lead} onClose={() => setAsked(undefined)} /> : null}
    </div>
  );
}

interface DoesProps extends OrdersProps {
  order: Order;
  may: ReadonlySet<Order>;
  args?: Args;
  /** Whether it is what comes next. */
  isNext?: boolean;
}

/** An order that is carried out at once. */
function Does({ order, may, tables, lead, args = {}, isNext = false }: DoesProps) {
  return (
    <Button look={isNext ? "ink" : "plain"} disabled={!may.has(order)} onClick={() => lead(order, tables, args)}>
      {nameOf(order, args)}
    </Button>
  );
}

interface LastSeasonProps extends OrdersProps {
  may: ReadonlySet<Order>;
  onAsk: () => void;
}

/** An end after this season: set, said that it is, and taken back until the season's recap closes. */
function LastSeason({ onAsk, ...does }: LastSeasonProps) {
  if (!maySend(useRoom(), "host.last_season")) return null;
  const ending = takersOf("go_on", does.tables).length;
  const mayEnd = does.may.has("last_season");
  return (
    <>
      {mayEnd || ending === 0 ? (
        <Button disabled={!mayEnd} onClick={onAsk}>
          {nameOf("last_season")}
        </Button>
      ) : null}
      {ending > 0 ? <span class="meta">{tn("ui.class.ending", ending)}</span> : null}
      {does.may.has("go_on") ? <Does order="go_on" {...does} /> : null}
    </>
  );
}

/** What closes the phase, ends the game in its last recap, or has it end after the season. */
type Asked = "advance" | "end" | "last_season";

interface SureProps extends OrdersProps {
  asked: Asked;
  onClose: () => void;
}

/** What can't be taken back is asked once. */
function Sure({ asked, tables, lead, onClose }: SureProps) {
  const closing = takersOf("advance", tables);
  useMeantOnly(asked === "advance" ? closing : [], onClose);
  const waits = closing.reduce((sum, { people = 0, ready = 0 }) => sum + Math.max(0, people - ready), 0);
  const words = {
    advance: {
      title: t("ui.class.advance.title"),
      text: waits ? tn("ui.class.advance.text", waits) : t("ui.class.advance.text.none"),
    },
    end: { title: t("ui.host.end.title"), text: t("ui.host.end.text") },
    last_season: { title: t("ui.class.last_season.title"), text: t("ui.host.last_season.text") },
  };
  return (
    <Confirm
      {...words[asked]}
      act={nameOf(asked)}
      onClose={onClose}
      onAct={() => lead(asked, tables).then(() => undefined)}
    >
      {asked === "advance" ? <Ends tables={closing.filter(isAtItsEnd)} says="ui.class.advance.ends" /> : null}
      {asked === "advance" ? <Ends tables={tables.filter(({ ends }) => ends)} says="ui.class.advance.stays" /> : null}
    </Confirm>
  );
}

/** Of tables whose next phase is none: those that this ends, or those that a host has to end by themselves. */
function Ends({ tables, says }: { tables: readonly ClassTable[]; says: string }) {
  if (tables.length === 0) return null;
  const at = listed(tables.map(({ number: n }) => number(n)));
  return <p class="warn">{tn(says, tables.length, { tables: at })}</p>;
}

/** Withdraw a question once one of the tables that it was asked about is in another phase: that one is not meant. */
function useMeantOnly(tables: readonly ClassTable[], onClose: () => void): void {
  const now = tables.map(({ number, season, phase }) => `${number} ${season} ${phase}`).join();
  const meant = useRef(now).current;
  useEffect(() => {
    if (now !== meant) onClose();
  }, [now]);
}
