// A short list of words of which one is chosen.
import { about } from "../../texts/numbers";

interface OptionsProps<T> {
  label: string;
  /** `lang` where a label is in another language than the page. */
  options: readonly { value: T; label: string; lang?: string }[];
  value: T | undefined;
  onChange: (value: T) => void;
  /** The words say it themselves: the label is only read aloud. */
  unlabelled?: boolean;
  /** Whom the choice concerns, where the words do not say it: read aloud with each. */
  whom?: string;
}

export function Options<T extends string | number | boolean>({
  label,
  options,
  value,
  onChange,
  unlabelled = false,
  whom,
}: OptionsProps<T>) {
  return (
    <fieldset class="field">
      <legend class={unlabelled ? "unseen" : ""}>{label}</legend>
      <div class={unlabelled ? "options even" : "options"}>
        {options.map((option) => (
          <button
            key={String(option.value)}
            type="button"
            lang={option.lang}
            class={option.value === value ? "button on" : "button"}
            aria-pressed={option.value === value}
            aria-label={whom === undefined ? undefined : about(option.label, whom)}
            onClick={() => onChange(option.value)}
          >
            {option.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
