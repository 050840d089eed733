// What was decided about this seat, and by which numbers: the facts of its own hand, in the words of the log.
import { Parts } from "../../parts/results/standings";
import { useRoom } from "../../store/context";
import type { Application, Appraisal, Danger, ListAnswer, Pitch } from "../../store/entities";
import { lineText, seatName } from "../../store/names";
import type { View } from "../../store/view";
import { t } from "../../texts";

const AT_THE_DOOR = { given: "door_open", wild_card: "door_wild_card", below: "door_below", full: "door_full" };

/** Return how a pitch was judged, as its maker reads it, or as the operator of the door does. */
function ofPitch(view: View, pitch: Pitch, seat: number): string {
  const { maker, space, score, bar, desks, outcome } = pitch;
  if (maker === seat) {
    return lineText(view, AT_THE_DOOR[outcome as keyof typeof AT_THE_DOOR], { maker, space, score, bar, desks }, seat);
  }
  return t("ui.asked.desk", { maker: seatName(view, maker), score, bar, outcome: t(`ui.outcome.${outcome}`) });
}

/** Return how an application was judged, as its investor reads it, or as the operator does. */
function ofApplication(view: View, application: Application, seat: number): string {
  const { investor, space, score, bar, outcome } = application;
  if (investor !== seat) {
    return t("ui.asked.badge", { investor: seatName(view, investor), score, bar, outcome: t(`ui.outcome.${outcome}`) });
  }
  const isGiven = outcome === "given" || outcome === "wild_card";
  return lineText(view, isGiven ? "badge_given" : `badge_${outcome}`, { investor, space, score, bar }, seat);
}

/** Return why hours did not come from, or go to, each other on a list; of those that did the deals tell. */
function ofList(view: View, { seat, venture, answers }: ListAnswer): string[] {
  return Object.entries(answers).map(([other, outcome]) => {
    const text = venture === 0 && outcome === "free" ? "list_no_place" : `list_${outcome}`;
    return lineText(
      view,
      text,
      venture === 0 ? { venture: Number(other), investor: seat } : { venture, investor: Number(other) },
      seat,
    );
  });
}

/** Return what made an appraisal, and the bar where one takes badges. */
function ofAppraisal(view: View, appraisal: Appraisal): string[] {
  const { space, served, growth, rating, competition, score, bar } = appraisal;
  const text = rating === undefined ? "appraisal_measures_one_rater" : "appraisal_measures";
  const measures = lineText(view, text, { space, served, growth, rating, competition });
  return bar === undefined ? [measures] : [measures, lineText(view, "appraisal_bar", { space, score, bar })];
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <p key={line} class="meta">
          {line}
        </p>
      ))}
    </>
  );
}

/** What doors, badges and appraisals decided last. */
export function Decided() {
  const { view, seat, role } = useRoom();
  const lines = [
    ...view.all("pitch").map((pitch) => ofPitch(view, pitch, seat.value)),
    ...view.all("application").map((application) => ofApplication(view, application, seat.value)),
    ...view.all("list_answer").flatMap((answer) => ofList(view, answer)),
    ...view.all("appraisal").flatMap((appraisal) => ofAppraisal(view, appraisal)),
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t(role.value === "operator" ? "ui.decided.operator" : "ui.decided")}</h2>
      <Lines lines={lines} />
    </section>
  );
}

/** Return how a venture stands that is appraised; nothing where there is no bar and no danger. */
export function dangerText(view: View, { venture, sold, bar, reason }: Danger): string {
  if (reason) return lineText(view, `danger_${reason}`, { venture, credits: sold, bar });
  return bar === undefined ? "" : lineText(view, "above_bar", { venture, credits: sold, bar });
}

/** How the ventures stand that concern this seat, before they are appraised. */
export function Dangers() {
  const { view, game } = useRoom();
  const now = view.all("danger").filter((danger) => danger.season === game.value.season);
  return <Lines lines={now.map((danger) => dangerText(view, danger)).filter(Boolean)} />;
}

/** What the own standing is the sum of. */
export function StandingParts() {
  const { view, seat } = useRoom();
  return <Parts score={view.find("standing", seat.value)} />;
}
