// The clock: digits beside the phase, and a tape measure that runs back into its case. One animation per deadline; no
// red, no flashing, and no bluff when the link is down.
import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isStill } from "../../prefs";
import { session } from "../../storage";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { type Remaining, remaining } from "../../store/time";
import { t, tn } from "../../texts";
import { dateAndTime, minutes } from "../../texts/numbers";

const LAST_MS = 20_000;
const STEP_MS = 5000; // the tape of who wants no motion
const KEPT = "ms.tape";
const NONE = "none";

interface Longest {
  phase: string;
  ms: number;
}

/** Return how long the tape was when it was drawn out: the longest seen in this phase, before a reload too. */
function fullLength(room: Room, ms: number): number {
  const game = room.view.single("game");
  const phase = `${room.code.value} ${game.season} ${game.phase}`;
  const kept = session.read<Longest>(KEPT);
  const longest = kept?.phase === phase ? kept.ms : 1;
  if (ms > longest) session.write(KEPT, { phase, ms });
  return Math.max(longest, ms);
}

export function Digits() {
  const room = useRoom();
  const left = remaining(room);
  return (
    <span
      class={`digits mono${isLast(left) ? " last" : ""}${left.ms === undefined ? " untimed" : ""}`}
      role="timer"
      aria-live="off"
      aria-label={left.date ? undefined : spokenTime(left)}
    >
      {digits(left)}
    </span>
  );
}

function isLast({ ms, paused }: Remaining): boolean {
  return ms !== undefined && !paused && ms <= LAST_MS;
}

function digits({ ms, date, doubtful }: Remaining): string {
  if (ms === undefined) return t("ui.no_clock");
  if (date) return dateAndTime(date);
  return doubtful ? `${minutes(ms)}?` : minutes(ms);
}

export function spokenTime({ ms, paused }: Remaining): string {
  if (ms === undefined) return t("ui.no_clock");
  const time = t("ui.time_left", { time: lengthOf(Math.ceil(ms / 1000)) });
  return paused ? `${t("ui.paused")} ${time}` : time;
}

/** Return minutes and seconds in words, without the part that is zero. */
function lengthOf(seconds: number): string {
  const [whole, rest] = [Math.floor(seconds / 60), seconds % 60];
  const parts = [
    whole > 0 ? tn("ui.time_left.minutes", whole) : "",
    rest > 0 || whole === 0 ? tn("ui.time_left.seconds", rest) : "",
  ];
  return parts.filter(Boolean).join(" ");
}

/** How it looks changes seldom: what is left each second is the animation's, and nothing is drawn anew for it. */
export function Tape() {
  const room = useRoom();
  const strip = useRef<HTMLElement>(null);
  const look = useComputed(() => lookOf(remaining(room))).value;
  const { deadline, remaining_ms: left } = room.view.single("clock");
  const { season, phase } = room.view.single("game");
  useEffect(() => {
    const element = strip.current;
    const { ms } = remaining(room);
    if (!element || ms === undefined) return undefined;
    const away = document.documentElement.dir === "rtl" ? "100%" : "-100%";
    const from = `translateX(calc(${away} * ${1 - ms / fullLength(room, ms)}))`;
    element.style.transform = from;
    if (look || typeof element.animate !== "function") return undefined;
    const run = element.animate([{ transform: from }, { transform: `translateX(${away})` }], {
      duration: ms,
      fill: "forwards",
    });
    return () => run.cancel();
  }, [deadline, left, season, phase, look]);
  return (
    <div class={`tape ${look}`} aria-hidden="true">
      {look === NONE ? null : <i ref={strip} />}
    </div>
  );
}

/** Return how the tape looks; that of who wants no motion looks another way each few seconds. */
function lookOf({ ms, paused, doubtful }: Remaining): string {
  if (ms === undefined) return NONE;
  const step = isStill() ? `step-${Math.ceil(ms / STEP_MS)}` : "";
  return doubtful ? "doubtful" : paused ? "paused" : step;
}
