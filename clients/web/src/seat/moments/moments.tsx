// What became of my own choices, on the mat in place of the question: one card at a time, the most important first,
// and one button on. What takes the whole screen gives it back after four seconds.
import "./moments.css";
import "./numbers.css";
import "./deeds.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { willAskAgain } from "../../parts/controls/focus";
import { say } from "../../parts/page/live_regions";
import { Digits } from "../../parts/page/tape";
import { useRoom } from "../../store/context";
import { t } from "../../texts";
import { MomentCard, sentenceOf } from "./cards/all";
import { When } from "./cards/pieces";
import type { Moment } from "./kinds";
import { useMeantTap } from "./meant_tap";
import { ownStory } from "./own_story";
import { type Deed, StageContext } from "./stage";
import { useSwipe } from "./swipe";

const FULL_MS = 4000;

/** Watch the table for moments, on whatever tab one is. */
export function useOwnStory(): void {
  const room = useRoom();
  useEffect(() => ownStory(room).watch(), [room]);
}

/** Return the moment that lies before the question, if one does. */
export function useMomentOnTop(): Moment | undefined {
  const story = ownStory(useRoom());
  const [first] = story.waiting.value;
  const hurried = first !== undefined && story.isHurried();
  useEffect(() => {
    if (hurried) story.skip();
  }, [hurried]);
  const busy = useBusy(first !== undefined && !story.atOpening);
  return hurried || busy ? undefined : first;
}

const LOOK_MS = 200;

/** Return whether somebody types or reads a sheet, while that matters. */
function useBusy(matters: boolean): boolean {
  const isBusy = (): boolean =>
    matters &&
    (document.querySelector("dialog[open]") !== null ||
      (document.activeElement?.matches("input, select, textarea") ?? false));
  const [, look] = useState(0);
  const busy = isBusy();
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setInterval(() => look((times) => times + 1), LOOK_MS);
    return () => clearInterval(timer);
  }, [busy]);
  return busy;
}

// until its card says what there is to do
const UNTHROWN: Deed = { label: "…", run: () => undefined };

export function Moments({ moment }: { moment: Moment }) {
  const story = ownStory(useRoom());
  const [deed, hold] = useState<Deed | undefined>(moment.kind === "roll" ? UNTHROWN : undefined);
  const stage = useMemo(() => ({ hold: (next: Deed | undefined) => hold(next) }), []);
  const full = useFull(moment, deed !== undefined);
  const [asleep, isMeant] = useMeantTap(moment.id, story.arrived);
  useTold(moment, deed !== undefined);
  const run = deed?.run ?? (() => story.next());
  const next = (click: MouseEvent): void => (isMeant(click) ? run() : undefined);
  const swipe = useSwipe(() => (!deed && isMeant({ detail: 1 }) ? run() : undefined));
  const label = deed?.label ?? t(full ? "ui.moment.go_on" : "ui.moment.next");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a full screen is tapped away anywhere; keys have its button
    <section
      class={full ? "moment full" : "moment"}
      data-kind={moment.kind}
      data-asleep={asleep || undefined}
      aria-label={t("ui.moment")}
      onClick={full ? next : undefined}
      {...swipe}
    >
      {full ? (
        <p class="moment-top">
          <When moment={moment} />
          <Digits />
        </p>
      ) : null}
      <div class="moment-cards">
        <StageContext.Provider value={stage}>
          <MomentCard moment={moment} />
        </StageContext.Provider>
      </div>
      <Foot label={label} next={full ? undefined : next} isMeant={isMeant} />
    </section>
  );
}

interface Pressed {
  label: string;
  next: ((click: MouseEvent) => void) | undefined;
  isMeant: (click: MouseEvent) => boolean;
}

/** How many there are, the one button on, and the way past all of them. */
function Foot({ label, next, isMeant }: Pressed) {
  const story = ownStory(useRoom());
  const waiting = story.waiting.value.length;
  const skip = (click: MouseEvent): void => {
    click.stopPropagation();
    if (isMeant(click)) story.skip();
  };
  return (
    <div class="moment-foot">
      <Pills waiting={waiting} all={story.came} />
      <button type="button" class="button main" onClick={next}>
        {label}
      </button>
      {waiting > 1 ? (
        <button type="button" class="button quiet" onClick={skip}>
          {t("ui.moment.skip")}
        </button>
      ) : null}
    </div>
  );
}

/** How many cards there are, this one the widest. */
function Pills({ waiting, all }: { waiting: number; all: number }) {
  if (all < 2) return null;
  const at = all - waiting;
  return (
    <p class="pills">
      {Array.from({ length: all }, (_, index) => (
        <i key={index} class={index === at ? "on" : ""} aria-hidden="true" />
      ))}
      <span class="unseen">{t("ui.moment.which", { n: at + 1, all })}</span>
    </p>
  );
}

/** A full moment takes the screen until its time is over; the same stays as a card. */
function useFull({ id, full }: Moment, held: boolean): boolean {
  const [over, setOver] = useState("");
  useEffect(() => {
    if (!full || held) return undefined;
    const timer = setTimeout(() => setOver(id), FULL_MS);
    return () => clearTimeout(timer);
  }, [id, full, held]);
  return full && over !== id;
}

function focusHeading(): void {
  document.querySelector<HTMLElement>(".moment h1")?.focus({ preventScroll: true });
}

/** Say it as one sentence once it is open, and let its heading have the focus unless somebody types. */
function useTold(moment: Moment, held: boolean): void {
  const room = useRoom();
  useEffect(() => {
    if (!held) say(sentenceOf(room, moment), "moment");
  }, [moment.id, held]);
  useEffect(() => {
    willAskAgain();
    if (document.activeElement?.matches("input, select, textarea") || document.querySelector("dialog[open]")) return;
    focusHeading();
    window.scrollTo({ top: 0 });
  }, [moment.id]);
  useEffect(() => {
    // the heading that had the focus went when the dice lay
    if (document.activeElement === document.body) focusHeading();
  }, [held]);
}
