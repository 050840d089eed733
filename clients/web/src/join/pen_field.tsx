// The choice of a pen: eight rings, each with a colour, a dash and a name of its own.
import { PenRing, PENS } from "../parts/pens";
import { Sym } from "../parts/sprite";
import { t } from "../texts";

export function PenField({ pen, onChange }: { pen: number; onChange: (pen: number) => void }) {
  return (
    <fieldset class="field">
      <legend>{t("ui.join.pen")}</legend>
      <div class="pens">
        {PENS.map((_, index) => {
          const own = index + 1;
          const name = t(`pen.${own}`);
          return (
            <button key={own} type="button" class={own === pen ? "pen on" : "pen"} aria-pressed={own === pen} aria-label={name} title={name} onClick={() => onChange(own)}>
              <PenRing pen={own} />
              {own === pen ? <Sym name="check" size={18} /> : null}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
