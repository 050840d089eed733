// How often each choice was made, as bars with their numbers: as large as the text around them.
import { number } from "../../texts/numbers";
import { choiceText } from "./answers";
import "./answer_bars.css";

interface BarsProps {
  question: string;
  choices: readonly string[];
  counts: { readonly [choice: string]: number };
}

export function AnswerBars({ question, choices, counts }: BarsProps) {
  const most = Math.max(1, ...choices.map((choice) => counts[choice] ?? 0));
  return (
    <ul class="answer-bars">
      {choices.map((choice) => {
        const count = counts[choice] ?? 0;
        return (
          <li key={choice}>
            <span>{choiceText({ question }, choice)}</span>
            <span class="answer-bar" aria-hidden="true">
              <i style={{ inlineSize: `${(100 * count) / most}%` }} />
            </span>
            <b class="mono">{number(count)}</b>
          </li>
        );
      })}
    </ul>
  );
}
