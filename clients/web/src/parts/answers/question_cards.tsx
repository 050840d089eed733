// The questions beside the game on a phone: answered by a tap or in own words, changed, or left. It comes in a chunk of
// its own, when something is asked.
import { useEffect, useId, useState } from "preact/hooks";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { useKept } from "../../store/kept/use_kept";
import { need, t } from "../../texts";
import { Button } from "../controls/button";
import { Options } from "../controls/options";
import { type Asked, askedOf, choiceText, questionText, type Said, saidTo } from "./answers";
import "./question_cards.css";

const LONGEST = 160; // as the server takes it

/** Everything that is asked of this person now; whoever shares the seat has cards of their own. */
export function QuestionCards() {
  const { view } = useRoom();
  const [isSpoken, setSpoken] = useState(false);
  useEffect(() => void need("reflect").then(() => setSpoken(true)), []);
  const asked = askedOf(view);
  if (!isSpoken || asked.length === 0) return null;
  return (
    <>
      {asked.map((one) => (
        <QuestionCard key={`${one.season}:${one.question}`} asked={one} />
      ))}
    </>
  );
}

function useOwn(asked: Asked): Said | undefined {
  const room = useRoom();
  const member = room.you.value?.member || 1;
  return saidTo(room.view, asked).find((said) => said.member === member);
}

function QuestionCard({ asked }: { asked: Asked }) {
  const heading = useId();
  const [isLeft, setLeft] = useKept(`left ${asked.season}:${asked.question}`, false);
  const own = useOwn(asked);
  if (isLeft && !own) {
    return (
      <p>
        <Button look="quiet" onClick={() => setLeft(false)}>
          {t("reflect.card.open", { question: questionText(asked) })}
        </Button>
      </p>
    );
  }
  return (
    <section class="card question-card" aria-labelledby={heading}>
      <p class="meta">{t("reflect.card")}</p>
      <h2 id={heading}>{questionText(asked)}</h2>
      {own ? null : <p class="meta">{t("reflect.card.help")}</p>}
      {asked.choices ? <ByChoice asked={asked} own={own} /> : <InWords asked={asked} own={own} />}
      <p class="meta" role="status">
        {own ? t(asked.season === 0 ? "reflect.card.given.end" : "reflect.card.given") : ""}
      </p>
      {own ? null : (
        <Button look="quiet" onClick={() => setLeft(true)}>
          {t("reflect.card.skip")}
        </Button>
      )}
    </section>
  );
}

/** Send an answer, and say why it was not taken. */
function useAnswer({ season, question }: Asked) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const send = async (said: { text: string } | { choice: string }): Promise<boolean> => {
    const answer = await room.send("reflect", { season, question, ...said });
    setFailure(answer.error);
    return answer.ok;
  };
  return { send, failure };
}

function NotTaken({ failure }: { failure: Failure | undefined }) {
  if (!failure) return null;
  return (
    <p class="complaint" role="alert">
      {failure.message}
    </p>
  );
}

interface OwnProps {
  asked: Asked;
  own: Said | undefined;
}

/** One tap answers, another one changes it. What a teammate's hand does not tell is known until the page is left. */
function ByChoice({ asked, own }: OwnProps) {
  const { send, failure } = useAnswer(asked);
  const [chosen, setChosen] = useKept<string>(`chose ${asked.season}:${asked.question}`, "");
  const choose = async (choice: string): Promise<void> => {
    if (await send({ choice })) setChosen(choice);
  };
  return (
    <>
      <Options
        label={questionText(asked)}
        unlabelled
        options={(asked.choices ?? []).map((value) => ({ value, label: choiceText(asked, value) }))}
        value={own ? (own.choice ?? chosen) : undefined}
        onChange={(choice) => void choose(choice)}
      />
      <NotTaken failure={failure} />
    </>
  );
}

function InWords({ asked, own }: OwnProps) {
  const { send, failure } = useAnswer(asked);
  const [draft, setDraft] = useKept<string | undefined>(`words ${asked.season}:${asked.question}`, undefined);
  const [isOpen, setOpen] = useState(false);
  const text = draft ?? own?.text ?? "";
  const handIn = async (): Promise<void> => {
    if (!(await send({ text: text.trim() }))) return;
    setDraft(undefined);
    setOpen(false);
  };
  if (own && !isOpen) {
    return (
      <>
        <p class="own-words">{own.text ?? t("reflect.card.team")}</p>
        <Button onClick={() => setOpen(true)}>{t("reflect.card.change")}</Button>
      </>
    );
  }
  return (
    <>
      <div class="field">
        <label>
          {t("reflect.card.label")}
          <textarea
            rows={3}
            maxLength={LONGEST}
            value={text}
            onInput={(event) => setDraft(event.currentTarget.value)}
          />
        </label>
        <p class="meta">{t("reflect.card.left", { left: LONGEST - text.length })}</p>
      </div>
      <NotTaken failure={failure} />
      <Button look="ink" disabled={!text.trim()} onClick={handIn}>
        {t("reflect.card.send")}
      </Button>
    </>
  );
}
