// Values of form fields: where they begin, and what is still wrong with their sum.
import type { Args, Value } from "../protocol/frames";
import type { Schema, SumBound } from "../store/legal";
import { t } from "../texts";
import { fieldName } from "../texts/field_name";
import { SHARES_PER_CENT } from "../texts/numbers";

/** Return what a field begins with: its form's start; else an optional one is unsaid, and a holding is one per cent. */
export function emptyValue(schema: Schema, required: boolean, holding = false): Value | undefined {
  if (schema.const !== undefined) return schema.const;
  if (schema.start !== undefined) return schema.start;
  if (!required) return undefined;
  if (schema.enum) return schema.enum[0];
  if (schema.type === "integer" || schema.type === "number") {
    const least = Math.max(schema.minimum ?? 0, 0);
    return holding && least > 0 ? Math.min(Math.max(least, SHARES_PER_CENT), schema.maximum ?? least) : least;
  }
  if (schema.type === "boolean") return true;
  if (schema.type === "array") return isRow(schema) ? evenRow(schema) : [];
  return undefined;
}

/** A row is a list of as many whole numbers as there are places, such as weights. */
export function isRow(schema: Schema): boolean {
  return schema.type === "array" && schema.items?.type === "integer" && schema.items.enum === undefined;
}

function evenRow(schema: Schema): number[] {
  const places = schema.minItems ?? schema.maxItems ?? 1;
  const total = rowTotal(schema) ?? 0;
  return Array.from({ length: places }, (_, index) => Math.floor(total / places) + (index < total % places ? 1 : 0));
}

/** Return what a row must add up to, where the schema says it. */
export function rowTotal(schema: Schema): number | undefined {
  const bound = schema["x-sum"];
  return bound && "max" in bound ? bound.max : undefined;
}

export function sumOf(bound: SumBound, args: Args): number {
  return bound.fields.reduce((total, field) => total + (Number(args[field]) || 0), 0);
}

export function sumTrouble(bound: SumBound, args: Args): string | undefined {
  const total = sumOf(bound, args);
  if (total >= bound.min && total <= bound.max) return undefined;
  return t("ui.sum", { fields: bound.fields.map(fieldName).join(" + "), total, min: bound.min, max: bound.max });
}
