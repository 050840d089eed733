// Named choices of the rules as buttons, each with what it does. Of two that contradict each other the later counts.

import { Sym } from "../../parts/pictures/sprite";
import { type Choice, choiceText, choiceTitle } from "../../parts/results/chosen_rules";
import "./choices.css";

interface ChoicesProps {
  label: string;
  choices: readonly Choice[];
  taken: readonly string[];
  onChange: (names: readonly string[]) => void;
}

/** Return the names that are taken once one was pressed. */
export function pressed(choice: Choice, taken: readonly string[]): readonly string[] {
  if (taken.includes(choice.name)) return taken.filter((name) => name !== choice.name);
  return [...taken.filter((name) => !choice.against?.includes(name)), choice.name];
}

export function Choices({ label, choices, taken, onChange }: ChoicesProps) {
  if (choices.length === 0) return null;
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <ul class="rule-choices">
        {choices.map((choice) => (
          <li key={choice.name}>
            <button
              type="button"
              class={taken.includes(choice.name) ? "rule-choice on" : "rule-choice"}
              aria-pressed={taken.includes(choice.name)}
              onClick={() => onChange(pressed(choice, taken))}
            >
              <span class="mark" aria-hidden="true">
                {taken.includes(choice.name) ? <Sym name="check" size={16} /> : null}
              </span>
              <span>
                <b>{choiceTitle(choice)}</b>
                <span class="meta">{choiceText(choice)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
