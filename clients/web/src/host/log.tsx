// What happened, newest first. It lies behind a key: some of it is still to be revealed, and the page may be mirrored.
import { Sheet } from "../parts/controls/sheet";
import { Said, type Sentence, sentences, whenOf } from "../parts/page/news";
import { useRoom } from "../store/context";
import type { Room } from "../store/room";
import { t } from "../texts";
import { useSelection } from "./selection";

/**
 * The sentences of the log but the openings of phases, which its headings say, if any other sentence stands under one.
 */
function listed(room: Room): Sentence[] {
  return sentences(room).filter(
    (each, index, all) => each.line.text !== "phase_opened" || (index === 0 && when(each) !== when(all[1])),
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
  const found = listed(useRoom());
  return (
    <Sheet title={t("ui.console.log")} onClose={() => selection.close()}>
      {found.length === 0 ? <p class="meta">{t("ui.console.quiet")}</p> : <Lines all={found} />}
    </Sheet>
  );
}
