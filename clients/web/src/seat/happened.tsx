// What just happened: the newest lines of the log, the older ones behind one button.
import { useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Sheet } from "../parts/sheet";
import { useRoom } from "../store/context";
import type { Room, Told } from "../store/room";
import { t } from "../texts";
import { lineText } from "../texts/names";

const NEWEST = 3;

export interface Sentence {
  number: number;
  text: string;
  line: Told;
}

/** Return the lines that there are words for, newest first. */
export function sentences(room: Room): Sentence[] {
  return room.lines.value
    .map((line) => ({ number: line.number, line, text: lineText(room.view, line.text, line.values) }))
    .filter((each) => each.text)
    .reverse();
}

export function Happened() {
  const room = useRoom();
  const [all, setAll] = useState(false);
  const found = sentences(room);
  if (found.length === 0) return null;
  return (
    <section class="happened" aria-label={t("ui.happened")}>
      <ul>
        {found.slice(0, NEWEST).map((each) => (
          <li key={each.number} class="meta">
            {each.text}
          </li>
        ))}
      </ul>
      {found.length > NEWEST ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          {t("ui.happened.all", { n: found.length })}
        </Button>
      ) : null}
      {all ? (
        <Sheet title={t("ui.happened")} onClose={() => setAll(false)}>
          <ul class="stack tight">
            {found.map((each) => (
              <li key={each.number}>
                {each.text} <span class="meta">· {t("ui.when", { season: each.line.season, phase: t(`phase.${each.line.phase}`) })}</span>
              </li>
            ))}
          </ul>
        </Sheet>
      ) : null}
    </section>
  );
}
