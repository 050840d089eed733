// The choice of a pen: eight rings, each with a colour, a dash and a name of its own. Nobody has to choose: a seat has
// one by its number, so that those who do not care have different ones.
import { PENS, PenRing } from "../parts/pictures/pens";
import { Sym } from "../parts/pictures/sprite";
import { t } from "../texts";

interface PenFieldProps {
  /** The chosen one, from 1. */
  pen: number | undefined;
  /** Pressing the chosen one takes the choice back. */
  onChange: (pen: number | undefined) => void;
}

export function PenField({ pen, onChange }: PenFieldProps) {
  return (
    <fieldset class="field">
      <legend>{t("ui.join.pen")}</legend>
      <div class="pens">
        {PENS.map((_, index) => {
          const own = index + 1;
          const name = t(`pen.${own}`);
          return (
            <button
              key={own}
              type="button"
              class={own === pen ? "pen on" : "pen"}
              aria-pressed={own === pen}
              aria-label={name}
              title={name}
              onClick={() => onChange(own === pen ? undefined : own)}
            >
              <PenRing pen={own} />
              {own === pen ? <Sym name="check" size={18} /> : null}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
