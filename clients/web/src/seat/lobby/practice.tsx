// What one may practise in the lobby, where nothing counts and nothing is sent: buttons to try, and three quick
// questions.
import { useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Options } from "../../parts/controls/options";
import { Stepper } from "../../parts/controls/stepper";
import { Card, Chosen } from "../../parts/pictures/card";
import { useRoom } from "../../store/context";
import { t } from "../../texts";

const QUESTIONS = 3;
type Answer = "right" | "wrong";

/** Three quick questions on one's role: nobody counts the answers, each says why. */
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

const MOST_TRIED = 5;

/** The buttons to try before it counts: an amount and a choice. */
export function TryOut() {
  const [amount, setAmount] = useState(0);
  const [card, setCard] = useState(0);
  return (
    <div class="stack">
      <Stepper label={t("try.amount")} value={amount} min={0} max={MOST_TRIED} onChange={setAmount} />
      <div class="cards">
        {[1, 2].map((each) => (
          <Card key={each} teeth={2} chosen={each === card} onChoose={() => setCard(each)}>
            <span class="head">
              <span class="name">{t(`try.card.${each}`)}</span>
              <Chosen on={each === card} />
            </span>
          </Card>
        ))}
      </div>
      <p role="status">{t(amount > 0 && card > 0 ? "try.done" : "try.help")}</p>
    </div>
  );
}
