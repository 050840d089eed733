// The types of what goes over the wire, made of the server's own schemas in docs/reference: `node wire_types.ts` writes
// `src/generated`, which nobody edits. A field that the server may leave out is optional here; none is ever null.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type JSONSchema } from "json-schema-to-typescript";

const REFERENCE = join(import.meta.dirname, "../../docs/reference");
const GENERATED = join(import.meta.dirname, "src/generated");

type Schema = { [word: string]: unknown };
type Properties = { [name: string]: Schema };

function read(file: string): Schema {
  return JSON.parse(readFileSync(join(REFERENCE, file), "utf8")) as Schema;
}

/** What the compiler does not know of JSON Schema 2020-12, in words that it knows; without choices of null. */
function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== "object" || schema === null) return schema;
  const {
    title: _title,
    default: _default,
    minItems: _min,
    maxItems: _max,
    prefixItems,
    anyOf,
    ...rest
  } = schema as Schema;
  const own = Object.fromEntries(Object.entries(rest).map(([word, value]) => [word, plain(value)])) as Schema;
  if (Array.isArray(prefixItems)) {
    const types = prefixItems.map((item) => ((item as Schema)["type"] === "integer" ? "number" : "string"));
    return { tsType: `readonly [${types.join(", ")}]` };
  }
  const choices = Array.isArray(anyOf)
    ? anyOf.filter((choice) => (choice as Schema)["type"] !== "null").map(plain)
    : [];
  if (choices.length === 1) return { ...own, ...(choices[0] as Schema) };
  if (choices.length > 1) return { ...own, anyOf: choices };
  if (own["type"] === "object" && !own["properties"] && !own["additionalProperties"]) return { tsType: "Fields" };
  return own;
}

const FIELDS = `export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Fields = { readonly [name: string]: Json };`;

async function written(schema: Schema, name: string): Promise<string> {
  const style = { printWidth: 140 };
  const bannerComment = `// Made by wire_types.ts from the server's schema.\n${FIELDS}`;
  return compile(plain(schema) as JSONSchema, name, { bannerComment, additionalProperties: false, style });
}

/** Return the module of frames: one interface a frame, and which come from which side. */
export async function frames(): Promise<string> {
  const { from_client, from_server, $defs } = read("frames.schema.json");
  return written(
    { type: "object", properties: { client: from_client, server: from_server }, required: ["client", "server"], $defs },
    "Frames",
  );
}

/** Return the module of views: `Kinds` by key, and `Singles` without one; what only owners see is optional. */
export async function views(): Promise<string> {
  const { table, hand } = read("views.schema.json") as {
    table: { properties: Properties };
    hand: { properties: Properties };
  };
  const kinds: Properties = {};
  const singles: Properties = {};
  const definitions: Properties = {};
  for (const kind of new Set([...Object.keys(table.properties), ...Object.keys(hand.properties)])) {
    const [onTable, inHand] = [entity(table.properties[kind]), entity(hand.properties[kind])];
    const first = onTable ?? inHand ?? {};
    const name = kind.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
    definitions[name] = {
      ...first,
      additionalProperties: first["additionalProperties"] ?? false,
      properties: { ...properties(inHand), ...properties(onTable) },
    };
    if (!first["properties"])
      definitions[name] = { type: "object", additionalProperties: first["additionalProperties"] };
    const single = !(table.properties[kind] ?? hand.properties[kind])?.["additionalProperties"];
    (single ? singles : kinds)[kind] = { $ref: `#/$defs/${name}` };
  }
  const both = (of: Properties): Schema => ({ type: "object", properties: of, required: Object.keys(of) });
  return written(
    {
      type: "object",
      properties: { kinds: both(kinds), singles: both(singles) },
      required: ["kinds", "singles"],
      $defs: definitions,
    },
    "Views",
  );
}

/** The schema of one entity: of a single kind that of the kind itself. */
function entity(kind: Schema | undefined): Schema | undefined {
  const each = kind?.["additionalProperties"];
  return typeof each === "object" ? (each as Schema) : kind;
}

function properties(of: Schema | undefined): Properties {
  return (of?.["properties"] ?? {}) as Properties;
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(GENERATED, { recursive: true });
  writeFileSync(join(GENERATED, "frames.ts"), await frames());
  writeFileSync(join(GENERATED, "views.ts"), await views());
}
