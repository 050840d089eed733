// The buttons to try before it counts: an amount and a choice. Nothing is sent.
import { useState } from "preact/hooks";
import { Stepper } from "../../parts/controls/stepper";
import { Card, Chosen } from "../../parts/pictures/card";
import { t } from "../../texts";

const MOST = 5;

export function TryOut() {
  const [amount, setAmount] = useState(0);
  const [card, setCard] = useState(0);
  return (
    <div class="stack">
      <Stepper label={t("try.amount")} value={amount} min={0} max={MOST} onChange={setAmount} />
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
