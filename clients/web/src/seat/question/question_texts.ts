// The question of a phase for a role, with a plain one where the texts have none.
import { has, t } from "../../texts";

export function question(phase: string, role: string, step = ""): string {
  const key = `question.${phase}.${role}${step ? `.${step}` : ""}`;
  return has(key) ? t(key) : t("ui.question.plain");
}
