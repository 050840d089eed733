// What a student gets points for, in words, so that everybody can read it before the game and in it.
import { useRoom } from "../../store/context";
import type { Lesson } from "../../store/lesson";
import { t } from "../../texts";

/** The points of a lesson, on its page. */
export function Points({ lesson }: { lesson: Lesson }) {
  return (
    <section class="lesson-part grade" aria-labelledby="part-grade">
      <h2 id="part-grade">{t("lesson.part.grade")}</h2>
      <Terms grade={lesson.grade} />
    </section>
  );
}

/** The points of the room that one is in or has come from, beside its rules; nothing where its scenario gives none. */
export function PointsHere() {
  const { grade = {} } = useRoom().view.pieces("room") as Partial<Pick<Lesson, "grade">>;
  if (weighedIn(grade).length === 0) return null;
  return (
    <section class="stack tight points">
      <h2>{t("lesson.part.grade")}</h2>
      <Terms grade={grade} />
    </section>
  );
}

function Terms({ grade }: Pick<Lesson, "grade">) {
  const weighed = weighedIn(grade);
  if (weighed.length === 0) return <p>{t("lesson.grade.none")}</p>;
  return (
    <>
      <p>{t("lesson.grade.lead")}</p>
      <ul>
        {weighed.map(([term, points]) => (
          <li key={term}>{t(`lesson.grade.${term}`, { n: points })}</li>
        ))}
      </ul>
      <p class="meta">{t("lesson.grade.how")}</p>
    </>
  );
}

function weighedIn(grade: Lesson["grade"]): readonly (readonly [term: string, points: number])[] {
  return Object.entries(grade).filter(([, points]) => points > 0);
}
