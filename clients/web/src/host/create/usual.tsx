// What usually happens in the chosen scenario, from numbers that ship with it: nothing is worked out while one waits.
// They are of one size of class and of the rules as they stand, and the page says so.
import { useLesson } from "../../store/lesson";
import { t } from "../../texts";
import { number } from "../../texts/numbers";

const SHOWN = ["births", "exits", "badges_lost", "deals", "gini_makers"] as const;

export function Usual({ scenario, seats, isChanged }: { scenario: string; seats: number; isChanged: boolean }) {
  const usual = useLesson(scenario)?.usual;
  if (!usual) return null;
  return (
    <details class="fold">
      <summary>{t("lesson.part.usual")}</summary>
      <div class="stack tight">
        <p class="meta">{t("ui.create.usual", { games: usual.games, measured: usual.seats, seats })}</p>
        {isChanged ? <p class="warn">{t("ui.create.usual.changed")}</p> : null}
        <dl class="usual">
          {SHOWN.map((outcome) => {
            const [least, middle, most] = (usual.figures[outcome] ?? [0, 0, 0]).map((value) =>
              number(Math.round(value)),
            );
            return (
              <div key={outcome}>
                <dt>{t(`lesson.usual.${outcome}`)}</dt>
                <dd>{t("ui.create.usual.range", { least: least ?? "", middle: middle ?? "", most: most ?? "" })}</dd>
              </div>
            );
          })}
        </dl>
      </div>
    </details>
  );
}
