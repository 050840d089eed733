// Buttons: the one main button of a screen, and the smaller ones inside cards.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../texts";
import { Sym } from "../pictures/sprite";

interface ButtonProps {
  children: ComponentChildren;
  onClick: () => unknown;
  look?: "plain" | "main" | "ink" | "danger" | "quiet" | "certain";
  disabled?: boolean;
  on?: boolean;
  label?: string;
  /** The id of what says why it can't be pressed. */
  describedBy?: string | undefined;
  kind?: "button" | "submit";
}

const LOOKS = {
  plain: "button",
  main: "button main",
  ink: "button ink",
  danger: "button danger",
  quiet: "button quiet",
  certain: "button danger certain",
};

/** A button that shows when what it does is still under way, and can't be pressed twice meanwhile. */
export function Button({
  children,
  onClick,
  look = "plain",
  disabled = false,
  on,
  label,
  describedBy,
  kind = "button",
}: ButtonProps) {
  const [busy, setBusy] = useState(false);
  const act = async (): Promise<void> => {
    if (busy || disabled) return;
    const result = onClick();
    if (!(result instanceof Promise)) return;
    setBusy(true);
    await result.finally(() => setBusy(false));
  };
  return (
    <button
      type={kind}
      class={`${LOOKS[look]}${on ? " on" : ""}`}
      aria-pressed={on}
      aria-busy={busy}
      aria-label={label}
      aria-describedby={describedBy}
      aria-disabled={disabled}
      onClick={() => void act()}
    >
      {busy ? <span class="dots" /> : null}
      {children}
    </button>
  );
}

interface MainProps {
  label: string;
  onClick: () => Promise<unknown> | unknown;
  ready?: boolean;
  disabled?: boolean;
}

const SLOW_MS = 3000;

/** The screen's one main button; once all is said it turns from tape to outline, with a check. */
export function MainButton({ label, onClick, ready = false, disabled = false }: MainProps) {
  const [busy, setBusy] = useState(false);
  const [slow, setSlow] = useState(false);
  const act = async (): Promise<void> => {
    if (busy || disabled) return;
    setBusy(true);
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    await Promise.resolve(onClick()).finally(() => {
      clearTimeout(timer);
      setSlow(false);
      setBusy(false);
    });
  };
  return (
    <>
      {slow ? <p class="meta">{t("ui.sending")}</p> : null}
      <button
        type="button"
        class={`button main${ready ? " ready" : ""}`}
        aria-busy={busy}
        aria-disabled={disabled}
        onClick={() => void act()}
      >
        {busy ? <span class="dots" /> : ready ? <Sym name="check" /> : null}
        {ready ? t("ui.ready.tap") : label}
      </button>
    </>
  );
}
