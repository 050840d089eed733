// What a person has chosen for this browser: language, theme, motion, size of text. Kept in `ms.prefs`.

import languages from "texts:languages";
import { effect, signal } from "@preact/signals";
import { local } from "./storage";

/** The name of a folder of texts. */
export type Language = string;
export const LANGUAGES: readonly Language[] = Object.keys(languages);
/** What a language has no text for is said in this one. */
export const FIRST: Language = "en";

/** What a language is called, how it writes, and its texts; for one that is there no more, English. */
export function traits(lang: Language): (typeof languages)[string] {
  // biome-ignore lint/style/noNonNullAssertion: there is always English
  return languages[lang] ?? languages[FIRST]!;
}
export type Theme = "system" | "light" | "dark";

/** How this person joins, to be asked no second time. */
export interface Me {
  name?: string;
}

interface Kept {
  language?: Language;
  theme?: Theme;
  still?: boolean;
  size?: number;
  keys?: boolean;
  sound?: boolean;
  pseudo?: boolean;
  me?: Me;
}

const NAME = "ms.prefs";
const kept = local.read<Kept>(NAME) ?? {};

/** The first language of whoever reads that there are texts in. */
function first(tags: readonly string[]): Language {
  const names = tags.flatMap((tag) => [tag.toLowerCase(), tag.toLowerCase().replace(/-.*/, "")]);
  return names.find((name) => name in languages) ?? FIRST;
}

export const language = signal<Language>(first([kept.language ?? "", ...navigator.languages]));
export const theme = signal<Theme>(kept.theme ?? "system");
export const still = signal(kept.still ?? false);
export const size = signal(kept.size ?? 100);
export const sound = signal(kept.sound ?? false);
/** For those who build the page: texts longer by two fifths, in brackets, and the page mirrored. */
export const pseudo = signal(kept.pseudo ?? false);
export const singleKeys = signal(kept.keys ?? true);
export const me = signal<Me>(kept.me ?? {});
/** A page that is dressed by somebody else, as the wall is by the host, keeps none of it for this browser. */
export const borrowed = signal(false);

// asking the device makes it lay the page out first, so it is asked once and then tells
const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const calm = signal(reduced.matches);
reduced.addEventListener("change", () => (calm.value = reduced.matches));

/** Whether nothing shall move, by the menu or by the device. */
export function isStill(): boolean {
  return still.value || calm.value;
}

/** Keep the choices, and put them on the page, from now on. */
export function applyPrefs(root: HTMLElement = document.documentElement): () => void {
  return effect(() => {
    root.lang = traits(language.value).tag;
    root.dir = pseudo.value ? "rtl" : "ltr";
    if (theme.value === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = theme.value;
    root.toggleAttribute("data-still", still.value);
    root.dataset["size"] = String(size.value);
    const now: Kept = {
      language: language.value,
      theme: theme.value,
      still: still.value,
      size: size.value,
      keys: singleKeys.value,
      ...(sound.value ? { sound: true } : {}),
      ...(pseudo.value ? { pseudo: true } : {}),
      me: me.value,
    };
    if (!borrowed.value) local.write(NAME, now);
  });
}
