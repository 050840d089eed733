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
}

export function TextField({
  label,
  value,
  complaint = "",
  code = false,
  box,
  fit = (text) => text,
  onChange,
}: TextFieldProps) {
  const take = (input: HTMLInputElement): void => {
    const text = fit(input.value);
    if (text !== input.value) input.value = text;
    onChange(text);
  };
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
