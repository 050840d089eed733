// What a person has chosen for this browser: language, theme, motion, size of text. Kept in `ms.prefs`.
import { effect, signal } from "@preact/signals";
import { local } from "./storage";

export type Language = "en" | "zh";
export type Theme = "system" | "light" | "dark";

/** How this person joins, to be asked no second time. */
export interface Me {
  name?: string;
  pen?: number;
}

interface Kept {
  language?: Language;
  theme?: Theme;
  still?: boolean;
  size?: number;
  keys?: boolean;
  me?: Me;
}

const NAME = "ms.prefs";
const kept = local.read<Kept>(NAME) ?? {};

function ofBrowser(): Language {
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith("zh")) ? "zh" : "en";
}

export const language = signal<Language>(kept.language ?? ofBrowser());
export const theme = signal<Theme>(kept.theme ?? "system");
export const still = signal(kept.still ?? false);
export const size = signal(kept.size ?? 100);
export const singleKeys = signal(kept.keys ?? true);
export const me = signal<Me>(kept.me ?? {});

/** Keep the choices, and put them on the page, from now on. */
export function applyPrefs(root: HTMLElement = document.documentElement): () => void {
  return effect(() => {
    root.lang = language.value === "zh" ? "zh-CN" : "en";
    root.dir = "ltr";
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
      me: me.value,
    };
    local.write(NAME, now);
  });
}
