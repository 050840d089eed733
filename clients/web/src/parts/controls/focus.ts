// Where the focus is: a new question takes it, and so does the question there is if what had it goes away.
import { useEffect } from "preact/hooks";
import { useRoom } from "../../store/context";

let asked = ""; // the question that was on this page last

/** Something was told before the question, which therefore is asked anew. */
export function willAskAgain(): void {
  asked = "nothing";
}

/** A new question takes the focus and begins at its top, unless the person is typing or reading a sheet. */
export function useFocusOnQuestion(heading: { current: HTMLHeadingElement | null }, question: string): void {
  const { season } = useRoom().game.value;
  const now = `${season} ${question}`;
  useEffect(() => {
    const isNew = asked !== "" && asked !== now;
    asked = now;
    const busy = document.activeElement?.matches("input, select, textarea") || document.querySelector("dialog[open]");
    if (!isNew || busy) return;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [now]);
}

export function useFocusKept(heading: { current: HTMLHeadingElement | null }): void {
  useEffect(() => {
    let focused: Element | null = null;
    const remember = (): void => {
      focused = document.activeElement;
    };
    const look = (): void => {
      if (
        !focused ||
        focused.isConnected ||
        document.activeElement !== document.body ||
        document.querySelector("dialog[open]")
      )
        return;
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
