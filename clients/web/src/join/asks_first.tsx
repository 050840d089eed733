// What a class asks of whoever is new before it deals them to a table: a question, and with whom they want to sit.
import { useEffect, useState } from "preact/hooks";
import { MainButton } from "../parts/controls/button";
import { Options } from "../parts/controls/options";
import { TextField } from "../parts/controls/text_field";
import { TopLine } from "../parts/page/wordmark";
import type { DoorQuestion } from "../protocol/frames";
import { need, t } from "../texts";
import type { Knocking } from "./knock";
import { fitting } from "./name";

export interface AsksFirstProps {
  asks: DoorQuestion;
  onAnswer: Knocking["answer"];
}

export function AsksFirst({ asks: { question, answers = [], wish }, onAnswer }: AsksFirstProps) {
  const [isSpoken, setSpoken] = useState(false);
  const [answer, setAnswer] = useState(question ? 0 : answers.length + 1);
  const [name, setName] = useState("");
  useEffect(() => void need("asking").then(() => setSpoken(true)), []);
  if (!isSpoken) return null;
  const silent = { value: answers.length + 1, label: t("ui.door_asks.silent") };
  const said = (): void => onAnswer({ answer, ...(name.trim() ? { wish: name.trim() } : {}) });
  const entered = (event: Event): void => {
    event.preventDefault();
    if (answer) said();
  };
  return (
    <main class="page stack join">
      <TopLine />
      <h1 tabIndex={-1}>{t("ui.door_asks")}</h1>
      {question ? (
        <Options
          label={question}
          options={[...answers.map((label, at) => ({ value: at + 1, label })), silent]}
          value={answer || undefined}
          onChange={setAnswer}
        />
      ) : null}
      {wish ? (
        <form onSubmit={entered}>
          <TextField label={t("ui.door_asks.wish")} value={name} fit={fitting} onChange={setName} />
        </form>
      ) : null}
      <p class="meta">{t("ui.door_asks.text")}</p>
      <MainButton label={t("ui.door_asks.go")} disabled={!answer} onClick={said} />
    </main>
  );
}
