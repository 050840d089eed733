// Where the focus is: a new question takes it, and so does the question there is if what had it goes away.
import { useEffect } from "preact/hooks";
import { useRoom } from "../../store/context";

let asked = ""; // the question that was on this page last

/** Something was told before the question, which therefore is asked anew. */
export function willAskAgain(): void {
  asked = "nothing";
}

/** Somebody has answered the question that is asked anew: the focus stays where it is. */
export function hasAnswered(): void {
  asked = "";
}

/**
 * A new question takes the focus and begins at its top, unless the person is typing or reading a sheet; under cards it
 * waits until they are gone.
 */
export function useFocusOnQuestion(
  heading: { current: HTMLHeadingElement | null },
  question: string,
  waits = false,
): void {
  const { season } = useRoom().game.value;
  const now = `${season} ${question}`;
  useEffect(() => {
    if (waits) return;
    const isNew = asked !== "" && asked !== now;
    asked = now;
    const busy = document.activeElement?.matches("input, select, textarea") || document.querySelector("dialog[open]");
    if (!isNew || busy) return;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [now, waits]);
}

export function useFocusKept(heading: { current: HTMLHeadingElement | null }, waits = false): void {
  useEffect(() => {
    if (waits) return undefined;
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
  }, [waits]);
}
