// What happened, newest first: a few lines on the page, all of them behind one button.
import { Button } from "../parts/controls/button";
import { Sheet } from "../parts/controls/sheet";
import { Said, type Sentence, sentences, whenOf } from "../parts/page/news";
import { useRoom } from "../store/context";
import type { Room } from "../store/room";
import { t, tn } from "../texts";
import { useSelection } from "./selection";

const LINES = 12;

/**
 * The sentences of the log but the openings of phases, which its headings say, if any other sentence stands under one.
 */
function listed(room: Room): Sentence[] {
  return sentences(room).filter(
    (each, index, all) => each.line.text !== "phase_opened" || (index === 0 && when(each) !== when(all[1])),
  );
}

export function Log() {
  const selection = useSelection();
  const found = listed(useRoom());
  return (
    <section class="stack tight log-part">
      <div class="row spread">
        <h2>{t("ui.console.log")}</h2>
        {found.length > 0 ? (
          <Button look="quiet" label={t("ui.happened.all", { n: found.length })} onClick={() => selection.open("log")}>
            {tn("ui.console.lines", found.length)}
          </Button>
        ) : null}
      </div>
      {found.length === 0 ? <p class="meta">{t("ui.console.quiet")}</p> : <Lines all={found.slice(0, LINES)} />}
    </section>
  );
}

/** The phase that a line is of; it stands once, above the newest. */
function when(sentence: Sentence | undefined): string {
  return sentence ? whenOf(sentence.line) : "";
}

/** Whether the heading of a sentence stands already, or is what it says itself. */
function isHeaded(sentence: Sentence, before: Sentence | undefined): boolean {
  return (
    sentence.line.text === "phase_opened" ||
    (before !== undefined && before.line.text !== "phase_opened" && when(sentence) === when(before))
  );
}

function Lines({ all }: { all: readonly Sentence[] }) {
  return (
    <ul class="log">
      {all.map((each, index) => (
        <li key={each.number}>
          {isHeaded(each, all[index - 1]) ? null : <span class="meta when">{when(each)}</span>} <Said sentence={each} />
        </li>
      ))}
    </ul>
  );
}

export function LogSheet() {
  const selection = useSelection();
  return (
    <Sheet title={t("ui.console.log")} onClose={() => selection.close()}>
      <Lines all={listed(useRoom())} />
    </Sheet>
  );
}
