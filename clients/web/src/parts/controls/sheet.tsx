// A sheet from below: a dialog that closes by ×, Escape, the scrim, a drag or the back button, and gives the focus back
// to whoever opened it.
import type { ComponentChildren, RefObject } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../texts";
import { Button } from "./button";
import { IconButton } from "./icon_button";

const open: (() => void)[] = [];

/** Close the sheet that lies on top; whether there was one. */
export function closeTop(): boolean {
  const close = open.at(-1);
  close?.();
  return close !== undefined;
}

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Sheet({ title, onClose, children }: SheetProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const drag = useDrag(onClose);
  const isSecondTap = useSecondTap();
  useOnTop(box, onClose);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the sheet closes it; so does Escape, by `onCancel`
    <dialog
      ref={box}
      class="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClickCapture={(event) => isSecondTap(event) && event.stopImmediatePropagation()}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div class="inside">
        <div class="top" {...drag}>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={t("ui.close")} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** While a sheet is there it lies on top of the page, and the back button closes it. */
function useOnTop(box: RefObject<HTMLDialogElement | null>, onClose: () => void): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  // at once with what is drawn: a key that is pressed then is meant for it
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const dialog = box.current;
    const close = (): void => latest.current();
    open.push(close);
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      open.splice(open.indexOf(close), 1);
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
}

const DOUBLE_TAP_MS = 500;

/**
 * Return whether a click is the second of a double tap whose first one opened the sheet: it closes nothing, and
 * presses none of the buttons that have come under the finger.
 */
function useSecondTap(): (event: MouseEvent) => boolean {
  const opened = useRef(performance.now());
  return ({ detail, target, currentTarget }) =>
    performance.now() - opened.current < DOUBLE_TAP_MS && (detail > 1 || target === currentTarget);
}

const DRAG_PX = 80;

/** A finger that pulls the top of a sheet down closes it. */
function useDrag(onClose: () => void): {
  onTouchStart: (event: TouchEvent) => void;
  onTouchEnd: (event: TouchEvent) => void;
} {
  const start = useRef(0);
  return {
    onTouchStart: (event) => (start.current = event.touches[0]?.clientY ?? 0),
    onTouchEnd: (event) => {
      if ((event.changedTouches[0]?.clientY ?? 0) - start.current > DRAG_PX) onClose();
    },
  };
}

interface ConfirmProps {
  title: string;
  text: string;
  act: string;
  danger?: boolean;
  onClose: () => void;
  onAct: () => Promise<unknown> | unknown;
  children?: ComponentChildren;
}

/**
 * Ask once: what it does and what it can't undo; [Not yet] on the left has the focus. It stays open where `onAct` gives
 * false.
 */
export function Confirm({ title, text, act, danger = false, onClose, onAct, children }: ConfirmProps) {
  const later = useRef<HTMLDivElement>(null);
  // at once: a key that is pressed now may have moved the focus on, and a space on [Not yet] closes everything
  useLayoutEffect(() => later.current?.querySelector("button")?.focus(), []);
  const done = async (): Promise<void> => {
    if ((await onAct()) !== false && later.current) onClose(); // by then it may be gone, and another one there
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <div class="stack">
        <p>{text}</p>
        {children}
        <div class="row" ref={later}>
          <Button onClick={onClose}>{t("ui.not_yet")}</Button>
          <Button look={danger ? "certain" : "ink"} onClick={done}>
            {act}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
