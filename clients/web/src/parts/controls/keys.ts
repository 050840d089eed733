// Single keys: what a page listens to while nobody types and no sheet is open. They can be switched off.
import { useLayoutEffect } from "preact/hooks";
import { singleKeys } from "../../prefs";

/** What a key does; `false` leaves the key to the browser. */
export type Keys = { readonly [key: string]: () => unknown };

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, select, textarea, [contenteditable]");
}

/** Keys by name, upper case, with `Shift+` where it is held: "R", "Shift+P", "ENTER". */
export function useKeys(keys: Keys, on = true): void {
  // at once with what is drawn: a key that is pressed then is meant for it
  useLayoutEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (!singleKeys.value || isTyping(event.target) || document.querySelector("dialog[open]")) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const name = event.key.toUpperCase();
      const act = keys[event.shiftKey ? `Shift+${name}` : name] ?? keys[name];
      if (!act) return;
      if (act() !== false) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}
