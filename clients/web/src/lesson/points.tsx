// What a student gets points for, in words, so that everybody can read it before the game.
import type { Lesson } from "../store/lesson";
import { t } from "../texts";

export function Points({ lesson }: { lesson: Lesson }) {
  const weighed = Object.entries(lesson.grade).filter(([, points]) => points > 0);
  return (
    <section class="lesson-part grade" aria-labelledby="part-grade">
      <h2 id="part-grade">{t("lesson.part.grade")}</h2>
      {weighed.length === 0 ? <p>{t("lesson.grade.none")}</p> : <Terms weighed={weighed} />}
    </section>
  );
}

function Terms({ weighed }: { weighed: readonly (readonly [term: string, points: number])[] }) {
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
