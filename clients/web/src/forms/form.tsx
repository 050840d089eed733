// A plain form for any command, made of its JSON Schema alone: the client that knows nothing of the game can play it.
import { useState } from "preact/hooks";
import { Button } from "../parts/controls/button";
import type { Args, Failure, Value } from "../protocol/frames";
import { useRoom } from "../store/context";
import { fieldsOf, type Schema, sumsOf } from "../store/legal";
import { has, t } from "../texts";
import { fieldName } from "../texts/field_name";
import { isHolding } from "../texts/numbers";
import { Field } from "./field";
import { emptyValue, sumTrouble } from "./values";

interface FormProps {
  command: string;
  schema: Schema;
  /** Values that are given and not shown. */
  given?: Args;
  first?: Args;
  onDone?: () => void;
}

/** What is filled in: the fields that are shown, the value of each, and the arguments that come of them. */
function useFilledIn({ schema, given = {}, first = {} }: FormProps) {
  const { hand } = useRoom().view;
  const [changed, setChanged] = useState<Args>({});
  const shown = fieldsOf(schema, hand).filter(([field]) => !(field in given));
  const value = (field: string, own: Schema): Value | undefined =>
    changed[field] ?? first[field] ?? emptyValue(own, schema.required?.includes(field) ?? true, isHolding(field));
  const args = (): Args => {
    const filled = shown.map(([field, own]) => [field, value(field, own)] as const);
    return {
      ...given,
      ...Object.fromEntries(filled.filter((pair): pair is readonly [string, Value] => pair[1] !== undefined)),
    };
  };
  return {
    shown,
    value,
    args,
    change: (part: Args) => setChanged({ ...changed, ...part }),
    clear: () => setChanged({}),
  };
}

export function CommandForm(props: FormProps) {
  const { command, schema, onDone } = props;
  const room = useRoom();
  const { shown, value, args, change, clear } = useFilledIn(props);
  const [failure, setFailure] = useState<Failure>();
  const trouble = sumsOf(schema)
    .map((sum) => sumTrouble(sum, args()))
    .find(Boolean);
  const send = async (): Promise<void> => {
    const answer = await room.send(command, args());
    setFailure(answer.error);
    if (answer.ok) {
      clear();
      onDone?.();
    }
  };
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      {has(`command.${command}.help`) ? <p class="meta">{t(`command.${command}.help`)}</p> : null}
      {shown.map(([field, own]) => (
        <Field
          key={field}
          name={field}
          schema={own}
          value={value(field, own)}
          refusal={failure?.field === field ? failure.message : undefined}
          onChange={(next) => {
            setFailure(undefined); // it was of what stood there before
            change({ [field]: next });
          }}
        />
      ))}
      {trouble ? <p class="meta">{trouble}</p> : null}
      {failure && !shown.some(([field]) => field === failure.field) ? <Complaint failure={failure} /> : null}
      <Button look="ink" disabled={trouble !== undefined} onClick={send}>
        {has(`command.${command}`) ? t(`command.${command}`) : fieldName(command)}
      </Button>
    </form>
  );
}

/** A refusal at the place that it is about. */
export function Complaint({ failure }: { failure: Failure | undefined }) {
  if (!failure) return null;
  const message = failure.message || t("ui.refused");
  return (
    <p class="complaint" role="alert">
      {message}
    </p>
  );
}
