// A word of the game that says in one line what it means: it is tapped where it stands, by a finger, a key or a screen
// reader. In a card that is itself a key it is plain text; the key for all words of a page has it then.
import "./words.css";
import { signal } from "@preact/signals";
import { useContext } from "preact/hooks";
import { has, t } from "../../texts";
import { inARow } from "../../texts/numbers";
import { Sheet } from "../controls/sheet";
import { CardIsKey } from "../pictures/card";

/** The words that are being explained; nothing: no sheet lies open. */
const asked = signal<readonly string[] | undefined>(undefined);

/** Open the sheet with some words, each by its name in the texts. */
export function explain(words: readonly string[]): void {
  asked.value = words;
}

export function Term({ word }: { word: string }) {
  const isInKey = useContext(CardIsKey);
  const name = t(`term.${word}`);
  if (isInKey || !has(`word.${word}`)) return <>{name}</>;
  return (
    <button
      type="button"
      class="term"
      aria-haspopup="dialog"
      onClick={(click) => {
        click.stopPropagation(); // a tap elsewhere on a card may go on
        explain([word]);
      }}
    >
      {name}
    </button>
  );
}

/** The sheet in which words are explained, wherever they were tapped. */
export function TermSheet() {
  const words = asked.value;
  if (!words) return null;
  const [only] = words;
  const title = words.length === 1 ? t(`term.${only}`) : t("ui.words.here");
  return (
    <Sheet title={title} onClose={() => (asked.value = undefined)}>
      {words.length === 0 ? <p>{t("ui.words.none")}</p> : null}
      {words.length === 1 ? <p>{t(`word.${only}`)}</p> : <Lines words={words} />}
    </Sheet>
  );
}

function Lines({ words }: { words: readonly string[] }) {
  return (
    <dl class="words">
      {words.map((word) => (
        <div key={word}>
          <dt>{t(`term.${word}`)}</dt>
          <dd>{inARow([t(`word.${word}`)])}</dd>
        </div>
      ))}
    </dl>
  );
}
