// What is taken home of a finished room over HTTP. The token goes in a header, never in an address.

import { language } from "../prefs";
import { ask } from "../protocol/ask";
import type { Failure } from "../protocol/frames";
import { t } from "../texts";

const NAME = /filename="([^"]+)"/;

/** What one person did of what there was to do, as the server counts it: a row of the gradebook's table. */
export interface TookPart {
  name: string;
  id: string;
  role: string;
  seat: number;
  phases: number;
  decided: number;
  seasons: number;
  seasons_taken_part: number;
  questions: number;
  answered: number;
  questions_at_end: number;
  answered_at_end: number;
  asked_host: number;
  left_season: number | "";
  left_phase: string;
  bot_from_season: number | "";
  points: number;
  points_of: number;
  points_without_idle: number;
}

/** Return where a page or a table of a room lies, in the language of this page. */
export function homeOf(code: string, what: "all" | "class" | "teacher" | "participation" | "people" | "mine"): string {
  return `api/rooms/${code}/home?what=${what}&language=${language.value}`;
}

/** Fetch a file and hand it to the browser to keep, or return why not. */
export async function keepFile(path: string, token: string): Promise<Failure | undefined> {
  const answer = await asked(path, token);
  if (!(answer instanceof Response)) return answer;
  const name = NAME.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "makersphere";
  keep(name, await answer.blob());
  return undefined;
}

/** Hand what was told in an answer to the browser to keep, as a file that a person can read. */
export function keepData(name: string, data: object): void {
  keep(name, new Blob([JSON.stringify(data, undefined, 1)], { type: "application/json" }));
}

function keep(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Return who took part in a room, or why it is not told. */
export async function whoTookPart(code: string, token: string): Promise<readonly TookPart[] | Failure> {
  const answer = await asked(homeOf(code, "people"), token);
  return answer instanceof Response ? ((await answer.json()) as { people: TookPart[] }).people : answer;
}

async function asked(path: string, token: string): Promise<Response | Failure> {
  const answer = await ask(path, token);
  if (!answer) return { code: "unavailable", message: t("ui.console.lost") };
  return answer.ok ? answer : ((await answer.json()) as { error: Failure }).error;
}
