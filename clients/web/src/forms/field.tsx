// One field of a plain form: a stepper for a whole number, buttons or a list for choices, a ranking for an order.
import { useId } from "preact/hooks";
import { Options } from "../parts/controls/options";
import { Ranking } from "../parts/controls/ranking";
import { Stepper } from "../parts/controls/stepper";
import type { Value } from "../protocol/frames";
import { useView } from "../store/context";
import type { Schema } from "../store/legal";
import { valueName } from "../store/names";
import { t } from "../texts";
import { fieldName } from "../texts/field_name";
import { isHolding, SHARES_PER_CENT } from "../texts/numbers";
import { isRow, rowTotal } from "./values";

interface ControlProps {
  name: string;
  schema: Schema;
  value: Value | undefined;
  onChange: (value: Value) => void;
}

interface FieldProps extends ControlProps {
  refusal?: string | undefined;
}

const FEW = 6;

export function Field({ refusal, ...control }: FieldProps) {
  return (
    <div class="stack tight">
      <Control {...control} />
      {refusal ? (
        <p class="complaint" role="alert">
          {refusal}
        </p>
      ) : null}
    </div>
  );
}

function Control({ name, schema, value, onChange }: ControlProps) {
  if (schema.enum) return <OneOf name={name} options={schema.enum} value={value} onChange={onChange} />;
  if (schema.type === "boolean") {
    const options = [true, false].map((each) => ({ value: each, label: t(each ? "choice.yes" : "choice.no") }));
    return (
      <Options
        label={fieldName(name)}
        options={options}
        value={typeof value === "boolean" ? value : undefined}
        onChange={onChange}
      />
    );
  }
  if (schema.type === "array")
    return isRow(schema) ? (
      <Row name={name} schema={schema} value={value} onChange={onChange} />
    ) : (
      <Order name={name} schema={schema} value={value} onChange={onChange} />
    );
  const min = schema.minimum ?? 0;
  return (
    <Stepper
      label={fieldName(name)}
      value={Number(value ?? min)}
      min={min}
      max={schema.maximum ?? min}
      shares={isHolding(name)}
      step={isHolding(name) ? SHARES_PER_CENT : 1}
      onChange={onChange}
    />
  );
}

interface OneOfProps {
  name: string;
  options: readonly (number | string)[];
  value: Value | undefined;
  onChange: (value: Value) => void;
}

function OneOf({ name, options, value, onChange }: OneOfProps) {
  const view = useView();
  const id = useId();
  const named = options.map((option) => ({ value: option, label: valueName(view, name, option) }));
  const now = options.find((option) => option === value);
  if (options.length <= FEW) return <Options label={fieldName(name)} options={named} value={now} onChange={onChange} />;
  return (
    <div class="field">
      <label for={id}>{fieldName(name)}</label>
      <select
        id={id}
        value={String(now ?? "")}
        onChange={(event) => onChange(options.find((option) => String(option) === event.currentTarget.value) ?? "")}
      >
        {now === undefined ? <option value="">{t("ui.choose")}</option> : null}
        {named.map((option) => (
          <option key={option.value} value={String(option.value)}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Order({ name, schema, value, onChange }: ControlProps) {
  const view = useView();
  const options = schema.items?.enum ?? [];
  const chosen = (Array.isArray(value) ? value : []) as (number | string)[];
  return (
    <fieldset class="field">
      <legend>{fieldName(name)}</legend>
      <Ranking
        options={options}
        chosen={chosen.filter((each) => options.includes(each))}
        most={schema.maxItems ?? options.length}
        name={(option) => valueName(view, name, option)}
        below={t("ui.rank.below")}
        onChange={onChange}
      />
    </fieldset>
  );
}

const PLACES: { readonly [field: string]: readonly string[] } = {
  weights: ["served", "growth", "rating", "competition"],
};

function Row({ name, schema, value, onChange }: ControlProps) {
  const numbers = (Array.isArray(value) ? value : []).map(Number);
  const total = rowTotal(schema);
  const sum = numbers.reduce((all, each) => all + each, 0);
  const names = PLACES[name];
  return (
    <fieldset class="field">
      <legend>{fieldName(name)}</legend>
      {numbers.map((each, index) => (
        <Stepper
          key={index}
          label={names?.[index] ? t(`measure.${names[index]}`) : `${fieldName(name)} ${index + 1}`}
          value={each}
          min={schema.items?.minimum ?? 0}
          max={schema.items?.maximum ?? total ?? 0}
          onChange={(next) => onChange(numbers.map((old, place) => (place === index ? next : old)))}
        />
      ))}
      {total === undefined ? null : (
        <p class={sum === total ? "meta" : "complaint"}>{t("ui.row_total", { sum, total })}</p>
      )}
    </fieldset>
  );
}
