// What `hand.legal` says a seat may do now: JSON Schemas of the arguments with live bounds. This file only reads them;
// it knows no bound of its own.
import type { Args, Json, Tree } from "../protocol/frames";

export interface Schema {
  type?: string;
  minimum?: number;
  maximum?: number;
  enum?: readonly (number | string)[];
  const?: number | string | boolean;
  items?: Schema;
  uniqueItems?: boolean;
  minItems?: number;
  maxItems?: number;
  $ref?: string;
  properties?: { readonly [field: string]: Schema };
  required?: readonly string[];
  /** Of a form: fields that are bound together. Of an array: what its items add up to. */
  "x-sum"?: Bound | readonly SumBound[];
  /** What a whole number sensibly begins with. */
  start?: number;
  /** Of a form: the same for groups of one field's choices, with the most that can be paid for these. */
  "x-start"?: readonly StartGroup[];
}

type Amounts = { readonly [field: string]: number };

/** The choices of a field stand under its name. */
export type StartGroup = { readonly start: Amounts; readonly maximum: Amounts } & {
  readonly [field: string]: readonly number[] | Amounts;
};

export interface Bound {
  min: number;
  max: number;
}

export interface SumBound extends Bound {
  fields: readonly string[];
}

export type Legal = { readonly [command: string]: Schema };

/** What may be sent now; of a host's commands those that the host of this number may send at all. */
export function legalOf(hand: Tree, host: number): Legal {
  const legal = (hand["legal"] ?? {}) as unknown as Legal;
  const may = (hand["chair"] as { [host: number]: { may?: string[] } } | undefined)?.[host]?.may;
  return may ? Object.fromEntries(Object.entries(legal).filter(([name]) => may.includes(name))) : legal;
}

/** What happens to this seat if it does nothing: arguments by command. */
export function defaultsOf(hand: Tree): { readonly [command: string]: Args } {
  return (hand["default"] ?? {}) as unknown as { readonly [command: string]: Args };
}

/** Return the schema that a `$ref` into the hand stands for. */
export function resolve(schema: Schema | undefined, hand: Tree): Schema {
  if (!schema?.$ref?.startsWith("#/")) return schema ?? {};
  let found: Json | undefined = hand as Json;
  for (const step of schema.$ref.slice(2).split("/")) {
    found = found && typeof found === "object" && !Array.isArray(found) ? found[step] : undefined;
  }
  const { $ref: _, ...rest } = schema;
  if (Array.isArray(found)) return { ...rest, enum: found as (number | string)[] };
  return { ...rest, ...((found ?? {}) as unknown as Schema) };
}

/** Return the fields of a command with their schemas resolved, in order. */
export function fieldsOf(form: Schema | undefined, hand: Tree): [string, Schema][] {
  return Object.entries(form?.properties ?? {}).map(([field, schema]) => [field, withItems(schema, hand)]);
}

function withItems(schema: Schema, hand: Tree): Schema {
  const own = resolve(schema, hand);
  return own.items ? { ...own, items: resolve(own.items, hand) } : own;
}

/** Return what a field may be one of; for a list, what its items may be. */
export function optionsOf(form: Schema | undefined, field: string, hand: Tree): readonly (number | string)[] {
  const schema = form?.properties?.[field];
  if (!schema) return [];
  const own = withItems(schema, hand);
  const found = own.enum ?? own.items?.enum;
  if (found) return found;
  return own.const !== undefined && typeof own.const !== "boolean" ? [own.const] : [];
}

/** Return the bounds of a whole number; narrower ones where what is `given` for other fields leaves less to pay. */
export function boundsOf(form: Schema | undefined, field: string, given: Args = {}): { min: number; max: number } {
  const schema = form?.properties?.[field];
  const min = schema?.minimum ?? 0;
  const max = schema?.maximum ?? 0;
  return { min, max: Math.max(min, Math.min(max, groupOf(form, given)?.maximum[field] ?? max)) };
}

/** Return what the whole numbers of a form sensibly begin with, where it says so. */
export function startsOf(form: Schema | undefined, given: Args = {}): Amounts {
  const plain = Object.entries(form?.properties ?? {}).flatMap(([field, { start }]) =>
    start === undefined ? [] : [[field, start] as const],
  );
  return { ...Object.fromEntries(plain), ...groupOf(form, given)?.start };
}

function groupOf(form: Schema | undefined, given: Args): StartGroup | undefined {
  return form?.["x-start"]?.find((group) =>
    Object.entries(given).some(([field, choice]) => {
      const choices = group[field];
      return Array.isArray(choices) && choices.includes(choice);
    }),
  );
}

export function sumsOf(form: Schema | undefined): readonly SumBound[] {
  const found = form?.["x-sum"];
  return Array.isArray(found) ? (found as readonly SumBound[]) : [];
}
