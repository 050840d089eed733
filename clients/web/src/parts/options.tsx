// A short list of words of which one is chosen.
interface OptionsProps<T> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T | undefined;
  onChange: (value: T) => void;
}

export function Options<T extends string | number | boolean>({ label, options, value, onChange }: OptionsProps<T>) {
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <div class="options">
        {options.map((option) => (
          <button
            key={String(option.value)}
            type="button"
            class={option.value === value ? "button on" : "button"}
            aria-pressed={option.value === value}
            onClick={() => onChange(option.value)}
          >
            {option.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
