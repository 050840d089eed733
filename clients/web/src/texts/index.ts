// Texts by key. The catalogues are the server's own files, in chunks by language and by when they are needed; a
// language is loaded when it is first spoken. Everything that reads a text here is drawn anew when the language
// changes.
import { computed, signal } from "@preact/signals";
import { type Language, language, pseudo, traits } from "../prefs";
import { isolated, withMinus } from "./signs";

export type Catalogue = { readonly [key: string]: string };
export type Values = { readonly [name: string]: string | number };

const catalogues = signal<{ readonly [lang in Language]?: Catalogue }>({});
const spoken = computed(() => catalogues.value[language.value] ?? Object.values(catalogues.value)[0] ?? {});

type Chunk = { readonly default: Catalogue };
export type Part =
  | "words"
  | "play"
  | "operator"
  | "investor"
  | "cards"
  | "pitches"
  | "host"
  | "class"
  | "lesson"
  | "reflect"
  | "asking"
  | "debrief"
  | "pages"
  | "modules";

/** Rule modules that are not the game's own bring their words; the server tells them. */
async function ofModules(lang: Language): Promise<Chunk> {
  const answer = await fetch(`/api/texts/${lang}`).catch(() => undefined);
  return { default: answer?.ok ? ((await answer.json()) as Catalogue) : {} };
}

const wanted = new Set<Part>(["words"]);

/** Load what this page needs of a language; resolves when it can be spoken. */
export async function load(lang: Language): Promise<void> {
  await Promise.all([...wanted].map((part) => add(lang, part)));
}

/** Load one more part of the texts, in whichever language is spoken from now on. */
export async function need(part: Part): Promise<void> {
  wanted.add(part);
  await add(language.peek(), part);
}

/** Load a part of the texts in a language whether or not it is spoken, for what is printed in both. */
export async function needIn(lang: Language, part: Part): Promise<void> {
  await add(lang, part);
}

async function add(lang: Language, part: Part): Promise<void> {
  const { default: catalogue } = await (part === "modules" ? ofModules(lang) : traits(lang).parts[part]());
  const known = catalogues.peek();
  catalogues.value = { ...known, [lang]: { ...known[lang], ...catalogue } };
}

/** Change the language of this page once its texts are there. */
export async function speak(lang: Language): Promise<void> {
  await load(lang);
  language.value = lang;
}

export function has(key: string): boolean {
  return key in spoken.value;
}

/** Return the text of a key in a language that `needIn` has loaded. */
export function said(lang: Language, key: string, values: Values = {}): string {
  return fill(catalogues.value[lang]?.[key] ?? lastWord(key), values);
}

/** Return the text of a key with its values filled in; a missing key shows its last word, a missing value nothing. */
export function t(key: string, values: Values = {}): string {
  return fill(spoken.value[key] ?? lastWord(key), values);
}

function lastWord(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1).replaceAll("_", " ");
}

const rules = computed(() => new Intl.PluralRules(traits(language.value).tag));

/** Return the text for a number of things: `KEY.one` where the language has a singular, else `KEY`. */
export function tn(key: string, n: number, values: Values = {}): string {
  const rule = rules.value.select(n);
  return t(has(`${key}.${rule}`) ? `${key}.${rule}` : key, { n, ...values });
}

const LONGER = 0.4; // what other languages may need

export function fill(text: string, values: Values): string {
  const filled = text.replace(/\{([a-z][a-z0-9_]*)\}/g, (place, name: string, at: number) => {
    const after = text.charAt(at + place.length);
    return apart(text.charAt(at - 1), stopped(written(values[name] ?? ""), after), after);
  });
  return pseudo.value ? `[${filled}${"~".repeat(Math.ceil(filled.length * LONGER))}]` : filled;
}

/** Return a value without the stop at its end where the sentence has one there: "Ana L." ends it as it is. */
function stopped(value: string, after: string): string {
  return after === "." || after === "\u3002" ? value.replace(/[.\u3002]$/, "") : value;
}

function written(value: string | number): string {
  return typeof value === "number" ? withMinus(String(value)) : value;
}

const HAN = /[\u3400-\u9fff]/;

/**
 * Return a value with a space where a letter or digit of it would stand against a Chinese character of the text, and
 * isolated where it runs from right to left.
 */
function apart(before: string, value: string, after: string): string {
  const leading = HAN.test(before) && /^[a-z0-9]/i.test(value) ? " " : "";
  const trailing = HAN.test(after) && /[a-z0-9]$/i.test(value) ? " " : "";
  return `${leading}${isolated(value)}${trailing}`;
}
