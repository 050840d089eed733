// What an investor asks for a package, for all to read once the phase has closed.
import { Complaint } from "../../../forms/form";
import { Stepper } from "../../../parts/controls/stepper";
import { Card } from "../../../parts/pictures/card";
import type { Args } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { boundsOf } from "../../../store/legal";
import { type Good, packageOf } from "../../../store/rules";
import { t } from "../../../texts";
import { fieldName } from "../../../texts/field_name";
import { useSealed } from "../../question/choices";

const STEPS = { money: 100, hours: 50 };

export function Posting({ command, good }: { command: string; good: Good }) {
  const room = useRoom();
  const schema = room.command(command);
  const sealed = useSealed(command);
  const fields = Object.keys(schema?.properties ?? {});
  // what may be left out counts as its most
  const value = (field: string): number =>
    Number(sealed.value?.[field] ?? (schema?.required?.includes(field) ? 0 : boundsOf(schema, field).max));
  const set = (changed: Args): void =>
    sealed.set({
      ...Object.fromEntries((schema?.required ?? []).map((field) => [field, value(field)])),
      ...sealed.value,
      ...changed,
    });
  if (!schema) return null;
  return (
    <Card>
      <h2>{t(`ui.package.${good}`, { amount: packageOf(room.view, good) })}</h2>
      <div class="stack tight">
        {fields.map((field) => (
          <Stepper
            key={field}
            label={fieldName(field)}
            value={value(field)}
            {...boundsOf(schema, field)}
            step={field === "shares" ? STEPS[good] : 1}
            shares={field === "shares"}
            onChange={(amount) => set({ [field]: amount })}
          />
        ))}
        <Complaint failure={sealed.failure} />
      </div>
    </Card>
  );
}
