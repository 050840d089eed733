// What is true under the rule modules that are played: a sentence for each module that has one, with its own numbers.
import { useRoom } from "../../store/context";
import { modulesOf } from "../../store/rules";
import type { View } from "../../store/view";
import { has, t } from "../../texts";
import { inARow } from "../../texts/numbers";

/** Return a module's rule in a sentence, or nothing where there are no words for it. */
export function moduleRule(view: View, module: string): string {
  const key = `ui.rule.${module}`;
  return has(key) ? t(key, view.find("module", module)) : "";
}

/** The rules of the present phase, where a scenario may play it by others. */
export function PhaseRules() {
  const room = useRoom();
  const rules = inARow(
    modulesOf(room.view, room.game.value.phase ?? "").map((module) => moduleRule(room.view, module)),
  );
  return rules ? <p class="note">{rules}</p> : null;
}
