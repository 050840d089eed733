// In what the rules of a room differ from those of its scenario: choices by name, with what each does.
import { language } from "../../prefs";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { has, t } from "../../texts";
import { listed } from "../../texts/numbers";

/** A change of the rules; a scenario of somebody's own brings its words, by language. */
export interface Choice {
  name: string;
  title?: { readonly [language: string]: string };
  text?: { readonly [language: string]: string };
  /** Which others contradict it. */
  against?: readonly string[];
}

export function choiceTitle({ name, title }: Choice): string {
  return inLanguage(title) ?? (has(`rule_choice.${name}`) ? t(`rule_choice.${name}`) : name);
}

export function choiceText({ name, text }: Choice): string {
  return inLanguage(text) ?? (has(`rule_choice.${name}.text`) ? t(`rule_choice.${name}.text`) : "");
}

function inLanguage(words: { readonly [language: string]: string } | undefined): string | undefined {
  return words?.[language.value] ?? Object.values(words ?? {})[0];
}

export function chosenOf(room: Pick<Room, "view">): readonly Choice[] {
  return (room.view.pieces("room")["chosen"] ?? []) as unknown as readonly Choice[];
}

/** One line that names what was chosen; nothing where the rules are the scenario's own. */
export function ChosenRules() {
  const chosen = chosenOf(useRoom());
  if (chosen.length === 0) return null;
  return <p class="note meta">{t("ui.debrief.chosen", { choices: listed(chosen.map(choiceTitle)) })}</p>;
}
