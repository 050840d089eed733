// The plan of the lesson: a bar with *now* in it, how late or early it is, and what can be done about it. When phases
// and game are due comes from the server; here is only the subtraction.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { language } from "../../prefs";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import { t } from "../../texts";
import { about, comma } from "../../texts/numbers";
import { useSelection } from "../selection";

interface Plan {
  started: number;
  due: number;
  ends: number;
  lesson_ends?: number;
}

const A_MINUTE = 60_000;
const LATE_MIN = 2;

function planOf({ view }: Room): Plan | undefined {
  return view.hand["plan"] as unknown as Plan | undefined;
}

/**
 * Return the minutes that the game is behind its plan; below 0 it is ahead. Without a clock it can only be behind.
 */
export function driftOf(room: Room): number | undefined {
  const plan = planOf(room);
  const now = room.clock.now();
  if (!plan || now === undefined || room.game.value.status !== "running") return undefined;
  const { ms } = remaining(room);
  const behind = Math.round((now + (ms ?? 0) - plan.due) / A_MINUTE);
  return ms === undefined ? Math.max(0, behind) : behind;
}

export function driftText(minutes: number): string {
  return minutes === 0
    ? t("ui.host.plan.on_time")
    : t(minutes > 0 ? "ui.host.plan.behind" : "ui.host.plan.ahead", { minutes: Math.abs(minutes) });
}

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** Return a moment of the server's clock as a time of day at this machine. */
function timeOfDay(room: Room, at: number): string {
  const ahead = at - (room.clock.now() ?? at);
  return new Date(Date.now() + ahead).toLocaleTimeString(language.value, TIME);
}

/** Return when the game ends at this pace, as a time of day. */
export function endOf(room: Room): string | undefined {
  const plan = planOf(room);
  const drift = driftOf(room);
  return plan && drift !== undefined ? timeOfDay(room, plan.ends + drift * A_MINUTE) : undefined;
}

/** The plan in the strip; the bar is the lesson, its mark is now. */
export function PlanButton() {
  const room = useRoom();
  const selection = useSelection();
  const drift = driftOf(room);
  const time = endOf(room);
  if (drift === undefined || !time) return null;
  const ends = t("ui.host.plan.ends", { time });
  return (
    <Button
      look="quiet"
      label={about(t("ui.host.plan"), `${ends}${comma()}${driftText(drift)}`)}
      onClick={() => selection.open("plan")}
    >
      <span class="plan-button">
        <b>{ends}</b>
        <span class={drift >= LATE_MIN ? "warn" : ""}>{driftText(drift)}</span>
      </span>
    </Button>
  );
}

function Bar() {
  const room = useRoom();
  const plan = planOf(room);
  const now = room.clock.now();
  if (!plan || now === undefined) return null;
  const end = Math.max(plan.ends, plan.lesson_ends ?? 0, now);
  const part = (at: number): string =>
    `${Math.min(100, Math.max(0, (100 * (at - plan.started)) / (end - plan.started)))}%`;
  return (
    <span class="plan-bar" aria-hidden="true">
      <i class="play" style={{ width: part(plan.ends) }} />
      <i class="now" style={{ insetInlineStart: part(now) }} />
    </span>
  );
}

export function PlanSheet() {
  const room = useRoom();
  const selection = useSelection();
  const plan = planOf(room);
  const now = room.clock.now();
  const drift = driftOf(room);
  if (!plan || now === undefined || drift === undefined) return null;
  const left = Math.max(0, Math.round((plan.ends - now) / A_MINUTE) + drift);
  const lesson = plan.lesson_ends === undefined ? undefined : Math.round((plan.lesson_ends - now) / A_MINUTE);
  return (
    <Sheet title={t("ui.host.plan")} onClose={() => selection.close()}>
      <div class="stack plan">
        <Bar />
        <p>
          <b>{driftText(drift)}</b> {t("ui.host.plan.left", { minutes: left })}{" "}
          {t("ui.host.plan.planned", { time: timeOfDay(room, plan.ends) })}
        </p>
        {lesson === undefined ? null : (
          <p>{t("ui.host.plan.talk", { lesson: Math.max(0, lesson), talk: Math.max(0, lesson - left) })}</p>
        )}
        <Suggestions drift={drift} tight={lesson !== undefined && lesson < left} />
      </div>
    </Sheet>
  );
}

/** What would help: only what the host can do now. */
function Suggestions({ drift, tight }: { drift: number; tight: boolean }) {
  const room = useRoom();
  const selection = useSelection();
  const [failure, setFailure] = useState<Failure>();
  const { phase = "" } = room.game.value;
  const extend = async (): Promise<void> =>
    setFailure((await room.send("host.extend", { seconds: A_MINUTE / 1000 })).error);
  const late = drift >= LATE_MIN || tight;
  if (!late && drift > -LATE_MIN) return <p class="meta">{t("ui.host.plan.fine")}</p>;
  return (
    <div class="stack tight">
      <p class="meta">{t(late ? "ui.host.plan.late" : "ui.host.plan.early")}</p>
      <div class="row">
        {late ? (
          <Button onClick={() => selection.open("close")}>
            {t("ui.host.plan.close", { phase: t(`phase.${phase}`) })}
          </Button>
        ) : null}
        {late && tight ? <Button onClick={() => selection.open("end")}>{t("ui.host.plan.end")}</Button> : null}
        {!late && room.command("host.extend") ? (
          <Button onClick={extend}>{t("ui.host.extend", { seconds: 60 })}</Button>
        ) : null}
      </div>
      <Complaint failure={failure} />
    </div>
  );
}
