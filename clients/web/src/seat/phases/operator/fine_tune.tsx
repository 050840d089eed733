// What most operators leave as it is, folded: bars and what counts in appraisal, each with a sentence that changes
// with it, and the other levels.
import type { ComponentChildren } from "preact";
import { Field } from "../../../forms/field";
import { Sym } from "../../../parts/pictures/sprite";
import type { Args, Failure, Value } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { useKept } from "../../../store/kept/use_kept";
import type { Schema } from "../../../store/legal";
import { parameter } from "../../../store/rules";
import { t } from "../../../texts";
import type { Forecast } from "./forecast";

interface FineTuneProps {
  fields: readonly [string, Schema][];
  terms: Args;
  forecast: Forecast | undefined;
  failure: Failure | undefined;
  onChange: (field: string, value: Value) => void;
  children?: ComponentChildren;
}

export function FineTune({ fields, terms, forecast, failure, onChange, children }: FineTuneProps) {
  const [open, setOpen] = useKept("fine-tune", false);
  const room = useRoom();
  const upkeep = parameter(room.view, "threshold", "upkeep_badge");
  const isRefused = fields.some(([field]) => failure?.field === field);
  return (
    <section class="stack tight">
      <button
        type="button"
        class="button fold"
        aria-expanded={open || isRefused}
        onClick={() => setOpen(!(open || isRefused))}
      >
        {t(fields.length > 0 ? "ui.open.fold" : "ui.open.fold.levels")}
        <Sym name={open || isRefused ? "up" : "down"} size={20} />
      </button>
      {open || isRefused ? (
        <div class="stack">
          {fields.map(([field, schema]) => (
            <div key={field} class="stack tight">
              <Field
                name={field}
                schema={schema}
                value={terms[field]}
                refusal={failure?.field === field ? failure.message : undefined}
                onChange={(value) => onChange(field, value)}
              />
              <p class="meta">{sentenceOf(field, forecast, upkeep)}</p>
            </div>
          ))}
          {children}
        </div>
      ) : null}
    </section>
  );
}

function sentenceOf(field: string, forecast: Forecast | undefined, upkeep: number): string {
  if (field === "appraisal_bar") return t("ui.open.appraisal_bar", { n: upkeep });
  if (field === "weights") return t("ui.open.weights");
  if (!forecast) return "";
  const { pass, of, fewerAt, reach, investors } = forecast;
  if (field === "investor_bar") return t("ui.open.investor_bar", { n: reach, all: investors });
  if (field !== "maker_bar") return "";
  if (pass === 0) return t("ui.open.maker_bar.none", { all: of });
  return t("ui.open.maker_bar", { n: pass, all: of, next: fewerAt ?? 0 });
}
