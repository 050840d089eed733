// The focus is never lost: if what had it goes away, the question takes it.
import { useEffect } from "preact/hooks";

export function useFocusKept(heading: { current: HTMLHeadingElement | null }): void {
  useEffect(() => {
    let focused: Element | null = null;
    const remember = (): void => {
      focused = document.activeElement;
    };
    const look = (): void => {
      if (!focused || focused.isConnected || document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
      focused = heading.current;
      heading.current?.focus({ preventScroll: true });
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", remember);
    return () => {
      watch.disconnect();
      document.removeEventListener("focusin", remember);
    };
  }, []);
}
