// More tables: for so many people by the class's own rules, or one by rules or dice of its own.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Stepper } from "../../parts/controls/stepper";
import { TextField } from "../../parts/controls/text_field";
import { aboutClass, PLAYED_ON, tablesOf } from "../../store/classes";
import { useRoom } from "../../store/context";
import { t } from "../../texts";
import { Choices } from "../create/choices";
import { useOffers } from "../create/class_size";
import { counted } from "./counted";
import { useOrder } from "./order";

const MOST_PEOPLE = 1000;
export const MOST_AT_A_TABLE = 60;

export function MoreTables() {
  const { view } = useRoom();
  const { size = 1, people: known = 0 } = aboutClass(view) ?? {};
  const all = tablesOf(view);
  const tables = all.filter(({ status }) => PLAYED_ON.has(status));
  const places = tables.reduce((sum, table) => sum + table.places, 0);
  const [people, setPeople] = useState(Math.min(Math.max(places + size, known), MOST_PEOPLE));
  const { failure, send } = useOrder();
  const more = Math.ceil(Math.max(0, people - places) / size);
  return (
    <div class="stack">
      <p>
        {tables.length === 0 && all.length > 0
          ? t("ui.class.tables_now.over")
          : counted("ui.class.tables_now", tables.length, { places })}
      </p>
      <Stepper label={t("ui.class.for")} value={people} min={1} max={MOST_PEOPLE} live onChange={setPeople} />
      <Button look="ink" disabled={more === 0} onClick={() => send("class.tables", { people })}>
        {counted("ui.class.open_more", more)}
      </Button>
      <Complaint failure={failure} />
      <OwnTable size={size} />
    </div>
  );
}

/** One table that is played otherwise, to be held against the others. */
function OwnTable({ size }: { size: number }) {
  const { scenario = "" } = aboutClass(useRoom().view) ?? {};
  const [seats, setSeats] = useState(size);
  const [choices, setChoices] = useState<readonly string[]>([]);
  const [seed, setSeed] = useState("");
  const { failure, send } = useOrder();
  const offer = useOffers().find(({ name }) => name === scenario);
  const own = {
    ...(choices.length > 0 ? { choices: [...choices] } : {}),
    ...(seed.trim() ? { seed: seed.trim() } : {}),
  };
  return (
    <details class="fold">
      <summary>{t("ui.class.other_rules")}</summary>
      <div class="stack">
        <Stepper label={t("ui.class.size")} value={seats} min={1} max={MOST_AT_A_TABLE} onChange={setSeats} />
        <Choices
          label={t("ui.create.rules.lead")}
          choices={offer?.choices ?? []}
          taken={choices}
          onChange={setChoices}
        />
        <TextField label={t("ui.class.seed")} value={seed} onChange={setSeed} />
        <Button look="ink" onClick={() => send("class.table", { seats, ...own })}>
          {t("ui.class.open_one")}
        </Button>
        <Complaint failure={failure} />
      </div>
    </details>
  );
}
