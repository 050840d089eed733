// A sheet from below: a dialog that closes by ×, Escape or the scrim, and gives the focus back to whoever opened it.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../texts";
import { Button } from "./button";
import { IconButton } from "./ranking";

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Sheet({ title, onClose, children }: SheetProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div class="inside">
        <div class="top">
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={t("ui.close")} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
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

/** Ask once: what it does and what it can't undo; [Not yet] on the left has the focus. */
export function Confirm({ title, text, act, danger = false, onClose, onAct, children }: ConfirmProps) {
  const later = useRef<HTMLDivElement>(null);
  useEffect(() => later.current?.querySelector("button")?.focus(), []);
  return (
    <Sheet title={title} onClose={onClose}>
      <div class="stack">
        <p>{text}</p>
        {children}
        <div class="row" ref={later}>
          <Button onClick={onClose}>{t("ui.not_yet")}</Button>
          <Button look={danger ? "certain" : "ink"} onClick={async () => (await onAct(), onClose())}>
            {act}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
