// The lesson of a scenario as the server tells it: names and numbers, whose sentences are texts (`lesson.*`).
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

export interface Objective {
  name: string;
  mechanism: string;
  phase: string;
  figure: string;
  card: string; // `policy.ID` or `market.ID`
  moment: string;
}

export interface Asked {
  name: string;
  figure: string;
}

export interface PlannedStep {
  name: string;
  season: number; // 0 where it is none
  at: number; // whole minutes from the start of the lesson
  minutes: number;
}

export interface Plan {
  minutes: number; // of a lesson
  lessons: readonly (readonly PlannedStep[])[];
}

/** What eight games of ten brought: the least, the middle, the most. */
export type Three = readonly [least: number, middle: number, most: number];

export interface Usual {
  games: number;
  seats: number;
  digest: string;
  unused: readonly string[]; // commands that lay open and that no bot ever sent
  figures: { readonly [outcome: string]: Three };
}

export interface Lesson {
  scenario: string;
  made_for: readonly [fewest: number, most: number];
  minutes: number; // of a lesson, the debrief left out
  objectives: readonly Objective[];
  questions: readonly Asked[];
  otherwise: readonly string[];
  grade: { readonly [term: string]: number }; // points for taking part
  usual: Usual | null; // of the scenario's own size
  usual_by_seats: readonly Usual[]; // of every size that was measured, the smallest first
  phases: readonly { readonly name: string; readonly seconds: readonly number[] }[];
  plans: readonly Plan[];
}

/** Return what usually happens in a class of the nearest size that was measured; nothing where none was. */
export function usualNear(lesson: Lesson, seats: number): Usual | undefined {
  const away = (usual: Usual): number => Math.abs(usual.seats - seats);
  return [...lesson.usual_by_seats].sort((one, other) => away(one) - away(other))[0];
}

/** Return how many seasons a game has. */
export function seasonsOf(lesson: Lesson): number {
  return lesson.phases[0]?.seconds.length ?? 0;
}

const known = signal<{ readonly [scenario: string]: Lesson | null }>({});

/** Return the lesson of a scenario that was asked for; undefined until it is here, null where there is none. */
export function lessonOf(scenario: string): Lesson | null | undefined {
  return known.value[scenario];
}

const NOT_FOUND = 404;
const AGAIN_MS = 3000;

/** Return the lesson as the server has it, null where there is none, undefined where no answer came. */
async function fetchLesson(scenario: string, signal: AbortSignal): Promise<Lesson | null | undefined> {
  const answer = await fetch(`api/lessons/${scenario}`, { signal }).catch(() => undefined);
  if (answer?.ok) return (await answer.json().catch(() => undefined)) as Lesson | null | undefined;
  return answer?.status === NOT_FOUND ? null : undefined;
}

/**
 * Return the lesson of a scenario, and ask for it until an answer comes; undefined until then, null where there is
 * none.
 */
export function useLesson(scenario: string): Lesson | null | undefined {
  useEffect(() => {
    const gone = new AbortController();
    let later: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const lesson = await fetchLesson(scenario, gone.signal);
      if (gone.signal.aborted) return;
      if (lesson === undefined) later = setTimeout(() => void ask(), AGAIN_MS);
      else known.value = { ...known.peek(), [scenario]: lesson };
    };
    if (scenario && !known.peek()[scenario]) void ask();
    return () => {
      gone.abort();
      clearTimeout(later);
    };
  }, [scenario]);
  return known.value[scenario];
}

/** Return seconds as a clock has them. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
