// One person of the class: another table, a new personal link, or out of the class; each says first what it does.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Confirm } from "../../../parts/controls/sheet";
import { maySend } from "../../../store/chairs";
import { type ClassPerson, tablesOf } from "../../../store/classes";
import { useRoom } from "../../../store/context";
import { keepData } from "../../../store/taking_home";
import { t } from "../../../texts";
import { useOrder } from "../order";

interface OnePersonProps {
  person: ClassPerson;
  onDone: () => void;
}

export function OnePerson({ person, onDone }: OnePersonProps) {
  const { failure, send } = useOrder();
  const [isNew, setNew] = useState(false);
  const { number } = person;
  const act = async (name: string, args = {}): Promise<void> => {
    if ((await send(name, { person: number, ...args })).ok) onDone();
  };
  const renew = async (): Promise<void> => setNew((await send("class.new_link", { person: number })).ok);
  return (
    <div class="stack">
      <Button look="quiet" onClick={onDone}>
        {t("ui.class.back_to_people")}
      </Button>
      <h3>
        <bdi>{person.name}</bdi>
      </h3>
      <Move person={person} onMove={(to) => act("class.move", { to })} />
      <section class="stack tight">
        <p class="meta">{t("ui.class.new_link.text")}</p>
        <Button onClick={renew}>{t("ui.class.new_link")}</Button>
        <p role="status">{isNew ? t("ui.class.new_link.done") : ""}</p>
      </section>
      <section class="stack tight">
        <p class="meta">{t("ui.class.remove.text")}</p>
        <Button look="danger" onClick={() => act("class.remove")}>
          {t("ui.class.remove")}
        </Button>
      </section>
      <OwnData person={person} onDone={onDone} />
      <Complaint failure={failure} />
    </div>
  );
}

function OwnData({ person, onDone }: OnePersonProps) {
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

function Move({ person, onMove }: { person: ClassPerson; onMove: (to: number) => Promise<void> }) {
  const tables = tablesOf(useRoom().view).filter(({ number }) => number !== person.table);
  const free = tables.filter(({ dealt, places }) => dealt < places);
  const [to, setTo] = useState(free[0]?.number ?? 0);
  if (tables.length === 0) return null;
  return (
    <section class="stack tight">
      <p class="meta">{t(person.seat ? "ui.class.move.text" : "ui.class.move.text.not_yet")}</p>
      <div class="row">
        <select
          aria-label={t("ui.class.move.to")}
          value={to}
          onChange={(event) => setTo(Number(event.currentTarget.value))}
        >
          {tables.map(({ number, dealt, places }) => (
            <option key={number} value={number} disabled={dealt >= places}>
              {t("ui.class.move.option", { n: number, dealt, places })}
            </option>
          ))}
        </select>
        <Button look="ink" disabled={!to} onClick={() => onMove(to)}>
          {t("ui.class.move")}
        </Button>
      </div>
    </section>
  );
}
