// What usually happens in the chosen scenario, from numbers that ship with it: nothing is worked out while one waits.
// They are of the nearest size of class that was measured and of the rules as they stand, and the page says so.
import { unusedWords, usualWords } from "../../parts/results/usual_words";
import { seasonsOf, useLesson, usualNear } from "../../store/lesson";
import { t } from "../../texts";

const SHOWN = ["births", "exits", "first_exit", "badges_lost", "deals", "gini_makers"] as const;

export function Usual({ scenario, seats, isChanged }: { scenario: string; seats: number; isChanged: boolean }) {
  const lesson = useLesson(scenario);
  const usual = lesson ? usualNear(lesson, seats) : undefined;
  if (!lesson || !usual) return null;
  return (
    <details class="fold">
      <summary>{t("lesson.part.usual")}</summary>
      <div class="stack tight">
        <p class="meta">{t("ui.create.usual", { games: usual.games, measured: usual.seats, seats })}</p>
        {isChanged ? <p class="warn">{t("ui.create.usual.changed")}</p> : null}
        <dl class="usual">
          {SHOWN.map((outcome) => {
            const [least = "", middle = "", most = ""] = usualWords(usual, outcome, seasonsOf(lesson));
            return (
              <div key={outcome}>
                <dt>{t(`lesson.usual.${outcome}`)}</dt>
                <dd>{t("ui.create.usual.range", { least, middle, most })}</dd>
              </div>
            );
          })}
        </dl>
        <p class="meta">{unusedWords(usual)}</p>
      </div>
    </details>
  );
}
