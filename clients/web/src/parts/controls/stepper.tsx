// An amount: [−] value [+], keys of 48 px that repeat while held, a spin button between them, bounds in words.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../../texts";
import { SHARES_PER_CENT } from "../../texts/numbers";

interface StepperProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  unit?: string;
  note?: string | undefined;
  /** What stands under the label in place of the bounds, which are only read aloud then. */
  hint?: string | undefined;
  /** A holding: read and typed in per cent, while it counts in hundredths of one. */
  shares?: boolean;
  /** Each digit counts at once, not only what is typed to its end. */
  live?: boolean;
  onChange: (value: number) => void;
}

const FIRST_REPEAT_MS = 400;
const REPEAT_MS = 90;

interface Hold {
  onPointerDown: () => void;
  onPointerUp: () => void;
  onPointerLeave: () => void;
  onClick: (event: MouseEvent) => void;
}

/** A key acts once when it is pressed, and again and again while it is held; letting go of it is no press. */
function useHold(act: () => void): Hold {
  const held = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(act);
  latest.current = act;
  const stop = (): void => clearTimeout(timer.current);
  const repeat = (): void => {
    held.current = true;
    latest.current();
    timer.current = setTimeout(repeat, REPEAT_MS);
  };
  useEffect(() => stop, []);
  return {
    onPointerDown: () => {
      stop();
      held.current = false;
      timer.current = setTimeout(repeat, FIRST_REPEAT_MS);
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onClick: ({ detail }) => {
      if (detail === 0 || !held.current) latest.current(); // without a pointer it is a keyboard's
    },
  };
}

export function Stepper(props: StepperProps) {
  const { label, value, min, max, step = 1, unit = "", note, hint, shares = false, onChange } = props;
  const id = useId();
  const whole = wholeOf(shares);
  const set = (wanted: number): void => onChange(within(wanted, props));
  return (
    <div class="stepper">
      <div>
        <label for={id}>{label}</label>
        {hint === undefined ? null : <span class="bounds meta">{hint}</span>}
        <span id={`${id}-bounds`} class={hint === undefined ? "bounds meta" : "unseen"}>
          {note ? `${note} · ` : ""}
          {t("ui.bounds", { min: min / whole, max: max / whole })}
          {shares ? "%" : unit}
        </span>
      </div>
      <div class="keys">
        <Key label={t("ui.less", { label })} sign="−" isDisabled={value <= min} onPress={() => set(value - step)} />
        <Typed {...props} id={id} />
        <Key label={t("ui.more_of", { label })} sign="+" isDisabled={value >= max} onPress={() => set(value + step)} />
      </div>
    </div>
  );
}

/** Return how much stands for one in the field. */
function wholeOf(shares: boolean): number {
  return shares ? SHARES_PER_CENT : 1;
}

function within(wanted: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, Math.round(wanted)));
}

function Key({
  label,
  sign,
  isDisabled,
  onPress,
}: {
  label: string;
  sign: string;
  isDisabled: boolean;
  onPress: () => void;
}) {
  return (
    <button type="button" class="button" aria-label={label} disabled={isDisabled} {...useHold(onPress)}>
      {sign}
    </button>
  );
}

/** The number between the keys; what is typed counts at its end, or with each digit where it counts at once. */
function Typed({
  id,
  value,
  min,
  max,
  step = 1,
  shares = false,
  live = false,
  onChange,
}: StepperProps & { id: string }) {
  const [typed, setTyped] = useState<string>(); // until it counts: the page may be drawn anew meanwhile
  const whole = wholeOf(shares);
  const type = (text: string): void => {
    setTyped(text);
    const wanted = Number(text) * whole;
    if (live && wanted >= min && wanted <= max) onChange(within(wanted, { min, max }));
  };
  return (
    <input
      id={id}
      class="mono"
      type="number"
      inputMode={shares ? "decimal" : "numeric"}
      min={min / whole}
      max={max / whole}
      step={step / whole}
      value={typed ?? value / whole}
      aria-describedby={`${id}-bounds`}
      onInput={(event) => type(event.currentTarget.value)}
      onChange={(event) => {
        onChange(within(Number(event.currentTarget.value) * whole || min, { min, max }));
        setTyped(undefined);
      }}
    />
  );
}
