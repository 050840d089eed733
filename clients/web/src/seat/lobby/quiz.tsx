// Three quick questions on one's role: nobody counts the answers, each says why.
import { useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Options } from "../../parts/controls/options";
import { useRoom } from "../../store/context";
import { t } from "../../texts";

const QUESTIONS = 3;
type Answer = "right" | "wrong";

export function Quiz() {
  const { role } = useRoom();
  const [number, setNumber] = useState(1);
  const [answer, setAnswer] = useState<Answer>();
  const key = `quiz.${role.value === "waiting" ? "maker" : role.value}.${number}`;
  const order: Answer[] = number % 2 ? ["wrong", "right"] : ["right", "wrong"];
  if (number > QUESTIONS) return <p>{t("quiz.done")}</p>;
  const next = (): void => {
    setAnswer(undefined);
    setNumber(number + 1);
  };
  return (
    <div class="stack">
      <p class="meta">{t("quiz.number", { n: number, all: QUESTIONS })}</p>
      <Options
        label={t(key)}
        options={order.map((value) => ({ value, label: t(`${key}.${value}`) }))}
        value={answer}
        onChange={setAnswer}
      />
      {answer ? (
        <>
          <p role="status">
            <b>{t(`quiz.${answer}`)}</b> {t(`${key}.why`)}
          </p>
          <Button look="ink" onClick={next}>
            {t("quiz.next")}
          </Button>
        </>
      ) : null}
    </div>
  );
}
