// The strip of a rehearsal over the console: the next thing to press, what it is for, and a tick once the room shows
// that it was pressed. At the end it says what was pressed and what was not.
import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { say } from "../../parts/page/live_regions";
import { go, link } from "../../route";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { has, need, t } from "../../texts";
import { useSelection } from "../selection";
import { Progress } from "./progress";
import { STEPS, type Step, seenIn } from "./steps";
import "./rehearsal.css";

export function isRehearsal({ view }: Pick<Room, "view">): boolean {
  return Boolean(view.pieces("room")["rehearsal"]);
}

/** The strip, in a room that is a rehearsal. */
export function Rehearsal() {
  const room = useRoom();
  return isRehearsal(room) ? <Strip key={room.code.value} code={room.code.value} /> : null;
}

function Strip({ code }: { code: string }) {
  const room = useRoom();
  const selection = useSelection();
  const progress = useMemo(() => new Progress(code, !room.view.pieces("room")["origin"]), [code]);
  const [isOpen, setOpen] = useState(false);
  const now = progress.now.value;
  useEffect(() => void need("lesson"), []);
  useSignalEffect(() => progress.see(seenIn(room, selection.filter.value.state)));
  useEffect(() => {
    if (now && has("lesson.rehearsal")) say(t(`lesson.rehearsal.${now}`));
    if (!now) setOpen(true);
  }, [now]);
  if (!has("lesson.rehearsal")) return null;
  return (
    <section class="rehearsal" aria-label={t("lesson.rehearsal")}>
      <p class="rehearsal-what">
        <b class="tag filled">{t("lesson.rehearsal")}</b>{" "}
        <span class="mono">
          {t("lesson.rehearsal.count", { n: STEPS.filter((each) => progress.isPast(each)).length, of: STEPS.length })}
        </span>
        <Dots progress={progress} now={now} />
      </p>
      {now ? <Now step={now} code={code} /> : <p class="rehearsal-now">{t("lesson.rehearsal.over")}</p>}
      <p class="row">
        {now ? <Button onClick={() => progress.skip(now)}>{t("lesson.rehearsal.skip")}</Button> : null}
        <Button onClick={() => setOpen(true)}>{t("lesson.rehearsal.all")}</Button>
      </p>
      {isOpen ? <AllSteps progress={progress} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}

/** The step that is to be done, what it is for, and a link where it needs another page. */
function Now({ step, code }: { step: Step; code: string }) {
  const pages: { readonly [step in Step]?: string } = { wall: `s/${code}`, phone: `j/${code}` };
  const page = pages[step];
  return (
    <p class="rehearsal-now">
      <b>{t(`lesson.rehearsal.${step}`)}</b> <span>{t(`lesson.rehearsal.${step}.why`)}</span>{" "}
      {page ? (
        <a href={link(page)} target="_blank" rel="noopener">
          {t(`lesson.rehearsal.${step}.link`)}
        </a>
      ) : null}
    </p>
  );
}

function Dots({ progress, now }: { progress: Progress; now: Step | undefined }) {
  return (
    <span class="rehearsal-dots" aria-hidden="true">
      {STEPS.map((step) => (
        <i
          key={step}
          class={progress.isDone(step) ? "is-done" : step === now ? "is-next" : progress.isPast(step) ? "is-left" : ""}
        />
      ))}
    </span>
  );
}

/** What was pressed and what was not; what was left out can be taken up again. */
function AllSteps({ progress, onClose }: { progress: Progress; onClose: () => void }) {
  const isOver = progress.now.value === undefined;
  const [done, left] = [true, false].map((is) => STEPS.filter((step) => progress.isDone(step) === is)) as [
    Step[],
    Step[],
  ];
  return (
    <Sheet title={t(isOver ? "lesson.rehearsal.finished" : "lesson.rehearsal.all")} onClose={onClose}>
      <div class="stack rehearsal-steps">
        <h3>{t("lesson.rehearsal.pressed", { n: done.length, of: STEPS.length })}</h3>
        <ul>
          {done.map((step) => (
            <li key={step} class="done">
              {t(`lesson.rehearsal.${step}`)}
            </li>
          ))}
        </ul>
        {left.length > 0 ? <NotPressed left={left} progress={progress} /> : null}
        <p class="meta">{t("lesson.rehearsal.removed")}</p>
        <div class="row">
          <Button look={isOver ? "ink" : "plain"} onClick={() => go("c/new")}>
            {t("lesson.rehearsal.class")}
          </Button>
          <Button onClick={onClose}>{t("lesson.rehearsal.close")}</Button>
        </div>
      </div>
    </Sheet>
  );
}

/** What was not pressed, with what it is for. */
function NotPressed({ left, progress }: { left: readonly Step[]; progress: Progress }) {
  return (
    <>
      <h3>{t("lesson.rehearsal.not_pressed")}</h3>
      <ul>
        {left.map((step) => (
          <li key={step}>
            <b>{t(`lesson.rehearsal.${step}`)}</b> {t(`lesson.rehearsal.${step}.why`)}{" "}
            {progress.isPast(step) ? (
              <Button look="quiet" onClick={() => progress.takeUp(step)}>
                {t("lesson.rehearsal.take_up")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
