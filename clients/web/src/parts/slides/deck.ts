// Which slides a lesson has: before the game what it is for, how the hour goes, how one plays and the questions; after
// the game the questions again, each with its answer on a slide of its own, so that none is shown unasked.
import type { Lesson, PlannedStep } from "../../store/lesson";
import { ROLES } from "../../store/names";

export type Slide =
  | { kind: "title" | "objectives" | "plan" | "after" }
  | { kind: "role"; role: string }
  | { kind: "question" | "answer"; nth: number };

const nths = (lesson: Lesson): number[] => lesson.questions.map((_, nth) => nth);

/** Return the slides for before the game. */
export function slidesBefore(lesson: Lesson): Slide[] {
  return [
    { kind: "title" },
    { kind: "objectives" },
    ...(planOf(lesson).length > 0 ? [{ kind: "plan" } as const] : []),
    ...ROLES.map((role) => ({ kind: "role", role }) as const),
    ...nths(lesson).map((nth) => ({ kind: "question", nth }) as const),
  ];
}

/** Return the slides for after the game. */
export function slidesAfter(lesson: Lesson): Slide[] {
  const each = nths(lesson).flatMap((nth) => [{ kind: "question", nth } as const, { kind: "answer", nth } as const]);
  return [{ kind: "after" }, ...each];
}

/** Return the slides of a lesson where a game is as far as `status` says. */
export function slidesIn(lesson: Lesson, status: string | undefined): Slide[] {
  return status === "over" ? slidesAfter(lesson) : slidesBefore(lesson);
}

/** Return the steps of the shortest lesson that the whole game fits, else those of the first one of several. */
export function planOf(lesson: Lesson): readonly PlannedStep[] {
  const plan = lesson.plans.find(({ lessons }) => lessons.length === 1) ?? lesson.plans[0];
  return plan?.lessons[0] ?? [];
}

/** The right answer stands neither first nor last each time: its place follows from the number of the question. */
export function answersOf(nth: number): readonly string[] {
  const answers = ["wrong", "other"];
  answers.splice(nth % (answers.length + 1), 0, "right");
  return answers;
}
