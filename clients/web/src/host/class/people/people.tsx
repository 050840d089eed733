// Who is in the class: a list of names to come, who is missing, personal links, and what is done with one of them.
import { useState } from "preact/hooks";
import { Button } from "../../../parts/controls/button";
import { Options } from "../../../parts/controls/options";
import { maySend } from "../../../store/chairs";
import { type ClassPerson, peopleOf, removedOf } from "../../../store/classes";
import { useRoom } from "../../../store/context";
import { t, tn } from "../../../texts";
import { AddNames } from "./add_names";
import { Groups } from "./grouping";
import { nameOf, OnePerson, OwnData } from "./one_person";

interface PeopleProps {
  /** Lay slips over the page, to be printed: everybody's, or one person's. */
  onPrint: (person?: number) => void;
}

export function People({ onPrint }: PeopleProps) {
  const room = useRoom();
  const people = peopleOf(room.view);
  const [number, setNumber] = useState(0);
  const person = people.find((each) => each.number === number);
  if (person) return <OnePerson person={person} onDone={() => setNumber(0)} onPrint={onPrint} />;
  return (
    <div class="stack">
      {maySend(room, "class.people") ? <AddNames isFirst={people.length === 0} /> : null}
      {maySend(room, "class.group") ? <Groups /> : null}
      {people.length > 0 && maySend(room, "class.links") ? <Links onPrint={() => onPrint()} /> : null}
      {people.length > 0 ? <Everybody people={people} onChoose={setNumber} /> : null}
      {maySend(room, "class.erase_person") ? <Removed /> : null}
    </div>
  );
}

function Links({ onPrint }: { onPrint: () => void }) {
  return (
    <>
      <div class="row">
        <Button look="ink" onClick={onPrint}>
          {t("ui.class.links")}
        </Button>
      </div>
      <p class="meta">{t("ui.class.links.text")}</p>
    </>
  );
}

/** Who was removed after they had a seat, and what is kept of each. */
function Removed() {
  const removed = removedOf(useRoom().view);
  if (removed.length === 0) return null;
  return (
    <details class="fold">
      <summary>{t("ui.class.removed", { n: removed.length })}</summary>
      <div class="stack tight">
        <p class="meta">{t("ui.class.removed.text")}</p>
        {removed.map((person) => (
          <section key={person.number} aria-label={person.name}>
            <h3>
              <bdi>{person.name}</bdi>
            </h3>
            <OwnData person={person} onDone={() => undefined} />
          </section>
        ))}
      </div>
    </details>
  );
}

interface EverybodyProps {
  people: readonly ClassPerson[];
  onChoose: (person: number) => void;
}

function Everybody({ people, onChoose }: EverybodyProps) {
  const room = useRoom();
  const [isAll, setAll] = useState(true);
  const missing = people.filter(({ here }) => !here);
  return (
    <section class="stack tight">
      <Options
        label={t("ui.class.whom")}
        unlabelled
        options={[
          { value: true, label: tn("ui.class.everybody", people.length) },
          { value: false, label: tn("ui.class.missing", missing.length) },
        ]}
        value={isAll}
        onChange={setAll}
      />
      <ul class="class-people">
        {(isAll ? people : missing).map((person) => (
          <li key={person.number}>
            <button
              type="button"
              class="class-person"
              disabled={!maySend(room, "class.move")}
              onClick={() => onChoose(person.number)}
            >
              <bdi>{nameOf(person)}</bdi>
              <span class="meta">
                {person.table ? t("ui.class.table", { n: person.table }) : t("ui.class.no_table")} ·{" "}
                {t(person.here ? "ui.class.is_here" : "ui.class.is_missing")}
                {person.mark ? ` · ${person.mark}` : ""}
                {person.wants ? ` · ${t("ui.class.wants", { name: person.wants })}` : ""}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
