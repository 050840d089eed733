// A click counts where the finger went down. A sheet may shrink while a key of it is held, and what has moved under the
// finger by then is not what was meant.

const LATE_MS = 500;

/** Let no key and no scrim take a click that began on something else, which is still there. */
export function clickWherePressed(root: Document): void {
  let down: Element | undefined;
  let forgetting: ReturnType<typeof setTimeout> | undefined;
  const forget = (): void => {
    down = undefined;
  };
  const begin = ({ target }: Event): void => {
    clearTimeout(forgetting); // it was for the press before
    down = target instanceof Element ? target : undefined;
  };
  const end = (): void => {
    clearTimeout(forgetting);
    forgetting = setTimeout(forget, LATE_MS); // a screen reader clicks without a pointer
  };
  root.addEventListener("pointerdown", begin, true);
  root.addEventListener("pointerup", end, true);
  root.addEventListener(
    "click",
    (event) => {
      const key = event.target instanceof Element ? keyOf(event.target) : undefined;
      const isMeant =
        !key || !down?.isConnected || (key instanceof HTMLDialogElement ? key === down : key.contains(down));
      forget();
      if (event.detail === 0 || isMeant) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}

/** Return what is pressed where a click lands: a key, or the scrim, which is the dialog itself. */
function keyOf(target: Element): Element | undefined {
  return target.closest("button, a, summary") ?? (target instanceof HTMLDialogElement ? target : undefined);
}
