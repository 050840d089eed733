// My own story: every moment so far as one sentence, the newest first; each opens as the card that it was.
import { useState } from "preact/hooks";
import { Sheet } from "../../parts/controls/sheet";
import { useRoom } from "../../store/context";
import { seasonInRun } from "../../store/run";
import { t } from "../../texts";
import { MomentCard, sentenceOf } from "./cards/all";
import "./moments.css";
import "./numbers.css";
import "./deeds.css";
import type { Moment } from "./kinds";
import { ownStory } from "./own_story";

export function StoryList() {
  const room = useRoom();
  const [open, setOpen] = useState<Moment>();
  const told = ownStory(room).told.value;
  if (told.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("ui.moment.story")}</h2>
      <ol class="own-story" reversed>
        {[...told].reverse().map((moment) => (
          <li key={moment.id}>
            <button type="button" onClick={() => setOpen(moment)}>
              <span class="micro">
                {t("ui.when", { season: seasonInRun(room.view, moment.season), phase: t(`phase.${moment.phase}`) })}
              </span>
              {sentenceOf(room, moment)}
            </button>
          </li>
        ))}
      </ol>
      {open ? (
        <Sheet title={t("ui.moment")} onClose={() => setOpen(undefined)}>
          <div class="told-again">
            <MomentCard moment={open} />
          </div>
        </Sheet>
      ) : null}
    </section>
  );
}
