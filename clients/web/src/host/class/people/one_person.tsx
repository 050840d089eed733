// One person of the class: another table, their slip or a new one, or out of the class; each says first what it does.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Confirm } from "../../../parts/controls/sheet";
import { maySend } from "../../../store/chairs";
import { type ClassPerson, type ClassTable, PLAYED_ON, peopleOf, type Status, tablesOf } from "../../../store/classes";
import { useRoom } from "../../../store/context";
import { keepData } from "../../../store/taking_home";
import { t, tn } from "../../../texts";
import { useOrder } from "../order";
import { OwnSlip } from "./own_slip";

interface OnePersonProps {
  person: ClassPerson;
  onDone: () => void;
}

export function OnePerson({ person, onDone, onPrint }: OnePersonProps & { onPrint: (person: number) => void }) {
  const { failure, send } = useOrder();
  const { number } = person;
  const act = async (name: string, args = {}): Promise<void> => {
    if ((await send(name, { person: number, ...args })).ok) onDone();
  };
  return (
    <div class="stack">
      <Button look="quiet" onClick={onDone}>
        {t("ui.class.back_to_people")}
      </Button>
      <h3>
        <bdi>{nameOf(person)}</bdi>
      </h3>
      <Move person={person} onMove={(to) => act("class.move", { to })} />
      <Swap person={person} onSwap={(other) => act("class.swap", { with: other })} />
      <OwnSlip key={number} person={person} onPrint={onPrint} />
      <Remove person={person} onDone={onDone} />
      <OwnData person={person} onDone={onDone} />
      <Complaint failure={failure} />
    </div>
  );
}

/** Return somebody's name, with the words by which their table calls them. */
export function nameOf({ name, called }: ClassPerson): string {
  return called ? t("ui.class.called", { name, called }) : name;
}

/** Out of the class; what goes and what stays is said before. */
function Remove({ person: { number, name, table, seat }, onDone }: OnePersonProps) {
  const room = useRoom();
  const { failure, send } = useOrder();
  const [isAsked, setAsked] = useState(false);
  const remove = async (): Promise<boolean> => {
    const { ok } = await send("class.remove", { person: number });
    if (ok) onDone();
    return ok;
  };
  if (!maySend(room, "class.remove")) return null;
  const status = tablesOf(room.view).find((each) => each.number === table)?.status ?? "gone";
  const bot = seat && PLAYED_ON.has(status) ? "" : ".no_seat"; // which plays a seat on only in a game that has begun
  return (
    <section class="stack tight">
      <p class="meta">{t(`ui.class.remove.text${seat && status === "lobby" ? ".lobby" : bot}`)}</p>
      <Button look="danger" onClick={() => setAsked(true)}>
        {t("ui.class.remove")}
      </Button>
      {isAsked ? (
        <Confirm
          title={t("ui.class.remove.title", { name })}
          text={t("ui.class.remove.does")}
          act={t("ui.class.remove.do")}
          danger
          onClose={() => setAsked(false)}
          onAct={remove}
        >
          <Complaint failure={failure} />
        </Confirm>
      ) : null}
    </section>
  );
}

interface OwnDataProps {
  person: Pick<ClassPerson, "number" | "name">;
  onDone: () => void;
}

/** What is kept of somebody, to be handed out or erased; of whoever was removed, too. */
export function OwnData({ person, onDone }: OwnDataProps) {
  const room = useRoom();
  const { failure, send } = useOrder();
  const [isErasing, setErasing] = useState(false);
  const { number, name } = person;
  const save = async (): Promise<void> => {
    const { data } = await send("class.export_person", { person: number });
    if (data) keepData(`makersphere-${room.code.value}-${number}.json`, data);
  };
  const erase = async (): Promise<boolean> => {
    const { ok } = await send("class.erase_person", { person: number });
    if (ok) onDone();
    return ok;
  };
  if (!maySend(room, "class.erase_person")) return null;
  return (
    <section class="stack tight">
      <p class="meta">{t("ui.class.save_data.text")}</p>
      <div class="row">
        <Button onClick={save}>{t("ui.class.save_data")}</Button>
        <Button look="danger" onClick={() => setErasing(true)}>
          {t("ui.class.erase")}
        </Button>
      </div>
      <Complaint failure={failure} />
      {isErasing ? (
        <Confirm
          title={t("ui.class.erase.title", { name })}
          text={t("ui.class.erase.text")}
          act={t("ui.class.erase.do")}
          danger
          onClose={() => setErasing(false)}
          onAct={erase}
        >
          <Complaint failure={failure} />
        </Confirm>
      ) : null}
    </section>
  );
}

/** What happens to the seat that somebody leaves, where it is not a bot that plays it on. */
const LEFT: { readonly [status in Status]?: string } = { lobby: ".lobby", over: ".over" };

/** Another table: of those whose games go on, one that has a place. */
function Move({ person, onMove }: { person: ClassPerson; onMove: (to: number) => Promise<void> }) {
  const all = tablesOf(useRoom().view);
  const tables = all.filter(({ number, status }) => number !== person.table && PLAYED_ON.has(status));
  const free = tables.filter((table) => !isFull(table));
  const [chosen, setChosen] = useState(0);
  const to = (free.find(({ number }) => number === chosen) ?? free[0])?.number ?? 0;
  const left = all.find(({ number }) => number === person.table)?.status ?? "running";
  return (
    <section class="stack tight">
      {to ? (
        <p class="meta">{t(`ui.class.move.text${person.seat ? (LEFT[left] ?? "") : ".not_yet"}`)}</p>
      ) : (
        <p class="note">{t(tables.length > 0 ? "ui.class.move.all_full" : "ui.class.move.none")}</p>
      )}
      {tables.length > 0 ? (
        <div class="row">
          <select
            aria-label={t("ui.class.move.to")}
            value={to || ""}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
          >
            {tables.map((table) => (
              <option key={table.number} value={table.number} disabled={isFull(table)}>
                {placesOf(table)}
              </option>
            ))}
          </select>
          <Button look="ink" disabled={!to} onClick={() => onMove(to)}>
            {t("ui.class.move")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

/** Somebody of another table whose game goes on takes the place, and gives theirs: that takes no free one. */
function Swap({ person, onSwap }: { person: ClassPerson; onSwap: (other: number) => Promise<void> }) {
  const room = useRoom();
  const on = new Set(tablesOf(room.view).flatMap(({ number, status }) => (PLAYED_ON.has(status) ? [number] : [])));
  const others = peopleOf(room.view).filter(({ table }) => table !== person.table && on.has(table));
  const [chosen, setChosen] = useState(0);
  const other = (others.find(({ number }) => number === chosen) ?? others[0])?.number ?? 0;
  if (!other || !on.has(person.table) || !maySend(room, "class.swap")) return null;
  return (
    <section class="stack tight">
      <p class="meta">{t("ui.class.swap.text")}</p>
      <div class="row">
        <select
          aria-label={t("ui.class.swap.with")}
          value={other}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        >
          {others.map(({ number, name, table }) => (
            <option key={number} value={number}>
              {t("ui.class.swap.option", { name, n: table })}
            </option>
          ))}
        </select>
        <Button onClick={() => onSwap(other)}>{t("ui.class.swap")}</Button>
      </div>
    </section>
  );
}

function isFull({ dealt, places }: ClassTable): boolean {
  return dealt >= places;
}

function placesOf(table: ClassTable): string {
  const { number: n, dealt, places } = table;
  return isFull(table)
    ? t("ui.class.move.full", { n, dealt, places })
    : tn("ui.class.move.option", places, { n, dealt, places });
}
