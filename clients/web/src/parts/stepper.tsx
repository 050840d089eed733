// An amount: [−] value [+], keys of 48 px that repeat while held, a spin button between them, bounds in words.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../texts";

interface StepperProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  unit?: string;
  note?: string;
  /** Each digit counts at once, not only what is typed to its end. */
  live?: boolean;
  onChange: (value: number) => void;
}

const FIRST_REPEAT_MS = 400;
const REPEAT_MS = 90;

function useHold(act: () => void): { onPointerDown: () => void; onPointerUp: () => void; onPointerLeave: () => void } {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(act);
  latest.current = act;
  const stop = (): void => clearTimeout(timer.current);
  const repeat = (): void => {
    latest.current();
    timer.current = setTimeout(repeat, REPEAT_MS);
  };
  useEffect(() => stop, []);
  return {
    onPointerDown: () => {
      stop();
      timer.current = setTimeout(repeat, FIRST_REPEAT_MS);
    },
    onPointerUp: stop,
    onPointerLeave: stop,
  };
}

export function Stepper({ label, value, min, max, step = 1, unit = "", note, live = false, onChange }: StepperProps) {
  const id = useId();
  const [typed, setTyped] = useState<string>(); // what stands there until it counts: the page may be drawn anew meanwhile
  const set = (wanted: number): void => onChange(Math.min(max, Math.max(min, Math.round(wanted))));
  const type = (text: string): void => {
    setTyped(text);
    if (live && Number(text) >= min && Number(text) <= max) set(Number(text));
  };
  const less = (): void => set(value - step);
  const more = (): void => set(value + step);
  return (
    <div class="stepper">
      <div>
        <label for={id}>{label}</label>
        <span id={`${id}-bounds`} class="bounds meta">
          {note ? `${note} · ` : ""}
          {t("ui.bounds", { min, max })}
          {unit}
        </span>
      </div>
      <div class="keys">
        <button type="button" class="button" aria-label={t("ui.less", { label })} disabled={value <= min} onClick={less} {...useHold(less)}>
          −
        </button>
        <input
          id={id}
          class="mono"
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          step={step}
          value={typed ?? value}
          aria-describedby={`${id}-bounds`}
          onInput={(event) => type(event.currentTarget.value)}
          onChange={(event) => {
            set(Number(event.currentTarget.value) || min);
            setTyped(undefined);
          }}
        />
        <button type="button" class="button" aria-label={t("ui.more_of", { label })} disabled={value >= max} onClick={more} {...useHold(more)}>
          +
        </button>
      </div>
    </div>
  );
}
