// A field for a code or a name, with what is wrong with it below.
interface TextFieldProps {
  label: string;
  value: string;
  complaint?: string;
  code?: boolean;
  box?: { current: HTMLInputElement | null };
  /** How much of what is typed is taken. */
  fit?: (text: string) => string;
  onChange: (text: string) => void;
  /** What is done once nobody types in it any more. */
  onLeave?: () => void;
}

export function TextField({
  label,
  value,
  complaint = "",
  code = false,
  box,
  fit = (text) => text,
  onChange,
  onLeave,
}: TextFieldProps) {
  const take = (input: HTMLInputElement): void => onChange(fitted(input, fit));
  return (
    <div class="field">
      <label>
        {label}
        <input
          {...(box ? { ref: box } : {})}
          class={code ? "mono code" : ""}
          value={value}
          lang={code ? "en" : undefined}
          autoCapitalize={code ? "characters" : "words"}
          autoComplete={code ? "off" : "nickname"}
          spellcheck={false}
          aria-invalid={complaint !== ""}
          onInput={(event) => (event.isComposing ? onChange(event.currentTarget.value) : take(event.currentTarget))}
          onBlur={onLeave}
          onCompositionEnd={(event) => take(event.currentTarget)}
        />
      </label>
      {complaint ? (
        <p class="complaint" role="alert">
          {complaint}
        </p>
      ) : null}
    </div>
  );
}

/** Leave in a field as much of what was typed as is taken, and return it. */
function fitted(input: HTMLInputElement, fit: (text: string) => string): string {
  const text = fit(input.value);
  if (text !== input.value) input.value = text;
  return text;
}
