// Texts by key. The catalogues are the server's own files; each language is a chunk, loaded when it is first spoken, with
// the cards following by themselves. Everything that reads a text here is drawn anew when the language changes.
import { computed, signal } from "@preact/signals";
import { type Language, language } from "../prefs";

export type Catalogue = { readonly [key: string]: string };
export type Values = { readonly [name: string]: string | number };

const catalogues = signal<{ readonly [lang in Language]?: Catalogue }>({});
const spoken = computed(() => catalogues.value[language.value] ?? Object.values(catalogues.value)[0] ?? {});

/** Load a language; resolves when it can be spoken, the cards follow. */
export async function load(lang: Language): Promise<void> {
  if (catalogues.peek()[lang]) return;
  const { default: words } = await (lang === "zh" ? import("./zh") : import("./en"));
  add(lang, words);
  void cards(lang);
}

async function cards(lang: Language): Promise<void> {
  const { default: printed } = await (lang === "zh" ? import("./zh_decks") : import("./en_decks"));
  add(lang, printed);
}

function add(lang: Language, catalogue: Catalogue): void {
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

/** Return the text of a key with its values filled in; a missing key shows itself, a missing value nothing. */
export function t(key: string, values: Values = {}): string {
  return fill(spoken.value[key] ?? key, values);
}

/** Return the text for a number of things: `KEY.one` where the language has a singular, else `KEY`. */
export function tn(key: string, n: number, values: Values = {}): string {
  const rule = new Intl.PluralRules(language.value).select(n);
  return t(has(`${key}.${rule}`) ? `${key}.${rule}` : key, { n, ...values });
}

export function fill(text: string, values: Values): string {
  return text.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => String(values[name] ?? ""));
}
