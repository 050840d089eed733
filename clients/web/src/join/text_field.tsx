// A field for a code or a name, with what is wrong with it below.
interface TextFieldProps {
  label: string;
  value: string;
  complaint?: string;
  code?: boolean;
  box?: { current: HTMLInputElement | null };
  onChange: (text: string) => void;
}

export function TextField({ label, value, complaint = "", code = false, box, onChange }: TextFieldProps) {
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
          onInput={(event) => onChange(event.currentTarget.value)}
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
