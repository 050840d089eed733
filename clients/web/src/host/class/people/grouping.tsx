// How people are put together at tables: in which way, what they are asked at the door before, and all dealt anew.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Options } from "../../../parts/controls/options";
import { Confirm } from "../../../parts/controls/sheet";
import { TextField } from "../../../parts/controls/text_field";
import { groupingOf, PLAYED_ON, tablesOf } from "../../../store/classes";
import { useRoom } from "../../../store/context";
import { t, tn } from "../../../texts";
import { useOrder } from "../order";

const WAYS = ["size", "mix", "alike", "wish"];

export function Groups() {
  const { view } = useRoom();
  const { by, question, answers, asks_wish } = groupingOf(view);
  const { failure, send } = useOrder();
  return (
    <details class="fold">
      <summary>{t("ui.class.groups")}</summary>
      <div class="stack">
        <Options
          label={t("ui.class.groups.by")}
          options={WAYS.map((value) => ({ value, label: t(`ui.class.groups.${value}`) }))}
          value={by}
          onChange={(way) => void send("class.group", { by: way })}
        />
        <p class="meta">{t(`ui.class.groups.${by}.text`)}</p>
        <Complaint failure={failure} />
        <Anew by={by} />
        <DoorQuestion key={`${question}${answers}${asks_wish}`} />
      </div>
    </details>
  );
}

/** What has come of it: how many sit elsewhere now, and how many there was no place for. */
interface Dealt {
  moved: number;
  no_place: number;
}

const NOBODY: Dealt = { moved: 0, no_place: 0 };

/** Who sits at a table that has not begun, or whose game is over, is dealt anew, after a word of what that does. */
function Anew({ by }: { by: string }) {
  const { view } = useRoom();
  const { failure, send } = useOrder();
  const [isAsked, setAsked] = useState(false);
  const [done, setDone] = useState<Dealt>();
  const tables = tablesOf(view);
  const waiting = tables.filter(({ status }) => status === "lobby" || status === "asleep");
  const over = tables.filter(({ status }) => !PLAYED_ON.has(status));
  const [here, free] = [waiting, over].map((some) => some.reduce((sum, { dealt }) => sum + dealt, 0));
  const canDeal = free ? waiting.length > 0 : Boolean(here) && waiting.length > 1;
  const deal = async (): Promise<boolean> => {
    const { ok, data } = await send("class.group", { by, anew: true });
    if (ok) setDone({ ...NOBODY, ...data });
    return ok;
  };
  return (
    <section class="stack tight">
      <Button disabled={!canDeal} onClick={() => setAsked(true)}>
        {t("ui.class.groups.anew")}
      </Button>
      <div role="status">
        {done ? <p>{tn("ui.class.groups.moved", done.moved)}</p> : null}
        {done?.no_place ? <p class="note">{tn("ui.class.groups.no_place", done.no_place)}</p> : null}
      </div>
      {isAsked ? (
        <Confirm
          title={t("ui.class.groups.anew")}
          text={t("ui.class.groups.anew.text")}
          act={t("ui.class.groups.anew.do")}
          onClose={() => setAsked(false)}
          onAct={deal}
        >
          <Complaint failure={failure} />
        </Confirm>
      ) : null}
    </section>
  );
}

/** What whoever is new answers before they are dealt to a table. */
function DoorQuestion() {
  const { view } = useRoom();
  const now = groupingOf(view);
  const [question, setQuestion] = useState(now.question);
  const [answers, setAnswers] = useState(now.answers.join("\n"));
  const [wish, setWish] = useState(now.asks_wish);
  const { failure, send } = useOrder();
  const ask = async (): Promise<void> => {
    const asked = question.trim() ? { question: question.trim(), answers: linesOf(answers) } : {};
    await send("class.ask", { ...asked, wish });
  };
  return (
    <section class="stack tight">
      <h3>{t("ui.class.door")}</h3>
      <p class="meta">{t("ui.class.door.text")}</p>
      <TextField label={t("ui.class.door.question")} value={question} onChange={setQuestion} />
      <Answers value={answers} onChange={setAnswers} />
      <Options
        label={t("ui.class.door.wish")}
        options={[false, true].map((value) => ({ value, label: t(`ui.class.door.wish.${value ? "ask" : "not"}`) }))}
        value={wish}
        onChange={setWish}
      />
      <Button look="ink" onClick={ask}>
        {t(question.trim() || wish ? "ui.class.door.ask" : "ui.class.door.none")}
      </Button>
      <p role="status">{now.question || now.asks_wish ? t("ui.class.door.asks") : ""}</p>
      <Complaint failure={failure} />
    </section>
  );
}

function Answers({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  return (
    <div class="field">
      <label>
        {t("ui.class.door.answers")}
        <textarea rows={4} value={value} onInput={(event) => onChange(event.currentTarget.value)} />
      </label>
    </div>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
