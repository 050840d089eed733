// What the hosts have picked of people's answers to one question: the question large, bars for choices, words on cards.
// No name is here: the table has none.
import { useEffect } from "preact/hooks";
import { AnswerBars } from "../parts/answers/answer_bars";
import { questionText, whenAsked } from "../parts/answers/answers";
import { displayWidth, widthOf } from "../parts/pictures/text_width";
import { useRoom } from "../store/context";
import type { Answers } from "../store/entities";
import { need, t, tn } from "../texts";
import "./answers_scene.css";

// in px of a wall 1920 wide, where the last row reads 28
const SIZES = [72, 60, 50, 42, 36, 32, 28];
const BOARD = { width: 1730, height: 590, gap: 18, padding: 18 }; // what the question leaves of the board
const QUESTION = { least: 54, largest: 80 };
const LINE = 1.3;
const LOOSE = 1.06; // lines end at words

export function AnswersScene({ answers }: { answers: Answers }) {
  const { view } = useRoom();
  useEffect(() => void need("reflect"), []);
  const { counts, choices, words = [] } = answers;
  const text = questionText(answers);
  const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <div class="scene answers-scene">
      <p class="wall-meta">
        {whenAsked(view, answers)}
        {counts ? ` · ${tn("reflect.wall.count", all)}` : ""}
      </p>
      <h2 class="must" style={{ "--size": questionSize(text) }}>
        {text}
      </h2>
      {counts ? (
        <div class="answers-chart">
          <AnswerBars question={answers.question} choices={choices ?? []} counts={counts} />
        </div>
      ) : choices ? (
        <p class="wall-meta">{t("reflect.wall.few")}</p>
      ) : (
        <Words words={words} height={BOARD.height - (linesOfQuestion(text) - 1) * QUESTION.least * LINE} />
      )}
    </div>
  );
}

/** Return the size at which a question stands in one line, or in two where it would be small. */
function questionSize(text: string): number {
  return Math.min(QUESTION.largest, Math.max(QUESTION.least, Math.floor(BOARD.width / displayWidth(text, 1))));
}

function linesOfQuestion(text: string): number {
  return displayWidth(text, QUESTION.least) > BOARD.width ? 2 : 1;
}

/** Return the largest size at which all words stand in a height, in two columns from three on; and else how many do. */
export function laidOut(words: readonly string[], height: number): { size: number; shown: number } {
  const size = SIZES.find((each) => heightAt(words, each) <= height);
  if (size !== undefined) return { size, shown: words.length };
  const least = SIZES.at(-1) as number;
  let shown = words.length;
  while (shown > 1 && heightAt(words.slice(0, shown), least) > height - least * LINE - BOARD.gap) shown -= 1;
  return { size: least, shown };
}

function heightAt(words: readonly string[], size: number): number {
  const columns = words.length > 2 ? 2 : 1;
  const width = (BOARD.width - (columns - 1) * BOARD.gap) / columns - 2 * BOARD.padding;
  const lines = (line: string): number => Math.max(1, Math.ceil((widthOf(line, size) * LOOSE) / width));
  const heights = words.map(
    (text) => text.split("\n").reduce((sum, line) => sum + lines(line), 0) * size * LINE + 2 * BOARD.padding,
  );
  let sum = -BOARD.gap;
  for (let row = 0; row < heights.length; row += columns) {
    sum += Math.max(...heights.slice(row, row + columns)) + BOARD.gap;
  }
  return sum;
}

function Words({ words, height }: { words: readonly string[]; height: number }) {
  const { size, shown } = laidOut(words, height);
  return (
    <>
      <ul class={words.length > 2 ? "answers-words two" : "answers-words"} style={{ "--size": size }}>
        {[...words.slice(0, shown).entries()].map(([place, text]) => (
          <li key={place}>{text}</li>
        ))}
      </ul>
      {shown < words.length ? <p class="wall-meta">{tn("reflect.wall.more", words.length - shown)}</p> : null}
    </>
  );
}
