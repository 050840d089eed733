// The field for a server's host key: hidden while it is typed, since a class may see the screen, and shown on demand.
import { useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Sym } from "../../parts/pictures/sprite";
import { t } from "../../texts";
import { about } from "../../texts/numbers";

interface KeyFieldProps {
  label: string;
  value: string;
  onChange: (key: string) => void;
}

export function KeyField({ label, value, onChange }: KeyFieldProps) {
  const [shown, setShown] = useState(false);
  const type = (shown ? "text" : "password") as "text"; // Preact's types know no field that is one or the other
  const does = t(shown ? "ui.hide" : "ui.show");
  return (
    <div class="field">
      <label>
        {label}
        <input
          type={type}
          value={value}
          autoComplete="current-password"
          autoCapitalize="off"
          spellcheck={false}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      </label>
      <Button label={about(does, label)} onClick={() => setShown(!shown)}>
        <Sym name="eye" size={20} />
        {does}
      </Button>
    </div>
  );
}
