// Taking part in a plan: a venture says yes or no, an investor how many packages it gives at most. Nobody chooses whom.
import { Complaint } from "../../forms/form";
import { Stepper } from "../../parts/controls/stepper";
import { Card, Chosen } from "../../parts/pictures/card";
import { useRoom } from "../../store/context";
import { boundsOf } from "../../store/legal";
import { type Good, packageOf, parameter } from "../../store/rules";
import { t } from "../../texts";
import { percent } from "../../texts/numbers";
import { useSealed } from "../question/choices";

export function TakePart({ command, module, good }: { command: string; module: string; good: Good }) {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed(command);
  const { min, max } = boundsOf(room.command(command), "packages");
  const packages = Math.min(max, Number(sealed.value?.["packages"] ?? min));
  const give = (amount: number): void => sealed.set({ packages: amount });
  const terms = { amount: packageOf(view, good), share: percent(parameter(view, module, "shares")) };
  return (
    <>
      <p class="meta">{t(`ui.plan.terms.${good}`, terms)}</p>
      {room.role.value === "maker" ? (
        <div class="cards">
          {[1, 0].map((amount) => (
            <Card key={amount} chosen={packages === amount} onChoose={() => give(amount)}>
              <span class="head">
                <span class="name">{t(`ui.plan.${good}.${amount}`)}</span>
                <Chosen on={packages === amount} />
              </span>
              <span class="meta">{t(`ui.plan.${amount}.blurb`)}</span>
            </Card>
          ))}
        </div>
      ) : max > 0 ? (
        <Card>
          <Stepper label={t("field.packages")} value={packages} min={min} max={max} onChange={give} />
        </Card>
      ) : (
        <p class="note">{t(`ui.plan.nothing.${good}`, terms)}</p>
      )}
      <Complaint failure={sealed.failure} />
    </>
  );
}
