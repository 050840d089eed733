// What a person has chosen for this browser: language, theme, motion, size of text. Kept in `ms.prefs`.
import { effect, signal } from "@preact/signals";
import { local } from "./storage";

export type Language = "en" | "zh";
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

function ofBrowser(): Language {
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith("zh")) ? "zh" : "en";
}

export const language = signal<Language>(kept.language ?? ofBrowser());
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
    root.lang = language.value === "zh" ? "zh-CN" : "en";
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
