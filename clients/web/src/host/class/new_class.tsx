// Open a class of several tables: how it is called, how many people, how many at a table; and what they play, as for a
// room.
import { useRef, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { MainButton } from "../../parts/controls/button";
import { Options } from "../../parts/controls/options";
import { Stepper } from "../../parts/controls/stepper";
import { TextField } from "../../parts/controls/text_field";
import { Unreachable } from "../../parts/page/unreachable";
import { language } from "../../prefs";
import type { CreateFrame } from "../../protocol/frames";
import { newId } from "../../protocol/outbox";
import { route } from "../../route";
import { t } from "../../texts";
import { useOffers } from "../create/class_size";
import { Lesson, Masthead, Scenarios, Unusual } from "../create/create";
import { keepWish, keptWish } from "../create/kept_wish";
import { KeyField } from "../create/key_field";
import { frameOf, useRoomOpening } from "../create/open_room";
import { FIRST_WISH, type RoomWish } from "../create/room_wish";
import { counted } from "./counted";
import { MOST_AT_A_TABLE } from "./more_tables";
import "../host.css";
import "../create/create.css";

const MOST_PEOPLE = 1000;
const FIRST = { people: 48, table: 24 };

interface ClassWish extends RoomWish {
  name: string;
  table: number;
  sameDice: boolean;
}

/** Return the frame that asks for a class as it is wished. */
export function classFrame(wish: ClassWish, id: string): CreateFrame {
  const { options, ...frame } = frameOf(wish, undefined, id);
  const { seats: _, ...rest } = options ?? {};
  const laid = { people: wish.people, table: wish.table, name: wish.name.trim(), same_dice: wish.sameDice };
  return { ...frame, options: rest, class: laid } as CreateFrame;
}

function useClassWish() {
  const at = route.peek();
  const meant = at.page === "newclass" && at.scenario ? at.scenario : undefined;
  const [wish, setWish] = useState<ClassWish>(() =>
    keptWish("class", { ...FIRST_WISH, ...FIRST, name: "", sameDice: false, language: language.value }, meant),
  );
  const intention = useRef(newId());
  const change = (part: Partial<ClassWish>): void => {
    if (part.key === undefined) intention.current = newId(); // a key opens the same class
    const other = part.scenario === undefined ? {} : { choices: [] };
    setWish((now) => keepWish("class", { ...now, ...other, ...part }));
  };
  return { wish, change, intention };
}

export function NewClassPage() {
  const { wish, change, intention } = useClassWish();
  const { waiting, again, refused, open } = useRoomOpening();
  const offers = useOffers();
  const create = async (): Promise<void> => {
    if (!waiting) await open(wish, classFrame(wish, intention.current));
  };
  if (waiting && waiting.failures.value > 0) return <Unreachable room={waiting} />;
  if (again) return <p class="page meta">{t("ui.opening")}</p>;
  return (
    <main class="page create">
      <Masthead />
      <h1 tabIndex={-1}>{t("ui.class.create")}</h1>
      <Scenarios offers={offers} wish={wish} onChoose={(scenario) => change({ scenario })} />
      <div class="stack">
        <Layout wish={wish} onChange={change} />
        <Lesson wish={wish} offers={offers} onChange={change} />
        <Unusual
          wish={wish}
          offer={offers.find(({ name }) => name === wish.scenario)}
          seats={wish.table}
          onChange={change}
        />
        {wish.key !== "" || refused?.code === "unauthorised" ? (
          <KeyField label={t("ui.class.key")} value={wish.key} onChange={(key) => change({ key })} />
        ) : null}
        <Complaint failure={refused} />
        <MainButton label={t("ui.class.create.open")} onClick={create} />
        <p class="meta">{t("ui.class.create.later")}</p>
      </div>
    </main>
  );
}

/** Name, people and tables, and in words how many tables that makes. */
function Layout({ wish, onChange }: { wish: ClassWish; onChange: (part: Partial<ClassWish>) => void }) {
  const tables = Math.ceil(wish.people / wish.table);
  return (
    <>
      <TextField label={t("ui.class.name")} value={wish.name} onChange={(name) => onChange({ name })} />
      <Stepper
        label={t("ui.create.people")}
        value={wish.people}
        min={0}
        max={MOST_PEOPLE}
        live
        onChange={(people) => onChange({ people })}
      />
      <Stepper
        label={t("ui.class.size")}
        value={wish.table}
        min={1}
        max={MOST_AT_A_TABLE}
        hint={t("ui.class.size.hint")}
        live
        onChange={(table) => onChange({ table })}
      />
      <p class="note" role="status">
        <b>{counted("ui.class.makes", tables, { people: Math.ceil(wish.people / Math.max(1, tables)) })}</b>
      </p>
      <Options
        label={t("ui.class.dice")}
        options={[false, true].map((value) => ({ value, label: t(`ui.class.dice.${value ? "same" : "own"}`) }))}
        value={wish.sameDice}
        onChange={(sameDice) => onChange({ sameDice })}
      />
    </>
  );
}
