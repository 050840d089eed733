// What lies over a page, or beside it, closes by Escape, as a dialog does; not while a dialog is open over it.
import { useEffect } from "preact/hooks";

export function useEscape(onClose: () => void): void {
  useEffect(() => {
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) onClose();
    };
    document.addEventListener("keydown", onEscape);
    return () => document.removeEventListener("keydown", onEscape);
  });
}
