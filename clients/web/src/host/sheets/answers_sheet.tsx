// What the class has answered, gathered by question: who, what, and who has not. One press puts an answer or a chart on
// the wall without a name, one takes it away; nothing goes there by itself.
import { useEffect, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { AnswerBars } from "../../parts/answers/answer_bars";
import {
  type Asked,
  askedOf,
  countsOf,
  isOnWall,
  questionText,
  type Said,
  saidTo,
  whenAsked,
} from "../../parts/answers/answers";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import type { Args, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { wholeName } from "../../store/names";
import type { View } from "../../store/view";
import { need, t, tn } from "../../texts";
import { listed } from "../../texts/numbers";
import { mayKeepOff, useOffWall } from "../seats/off_wall";
import { useSelection } from "../selection";
import "./answers_sheet.css";

const FEW = 3; // fewer, and the class knows whose they are: the wall is given no counts of choices

export function AnswersSheet() {
  const { view } = useRoom();
  const selection = useSelection();
  const [isSpoken, setSpoken] = useState(false);
  useEffect(() => void need("reflect").then(() => setSpoken(true)), []);
  if (!isSpoken) return null;
  // of a role that nobody plays there is nothing to say
  const asked = askedOf(view).filter((one) => (one.asked ?? 0) > 0 || saidTo(view, one).length > 0);
  return (
    <Sheet title={t("reflect.host")} onClose={() => selection.close()}>
      <div class="stack">
        <p class="meta">{t("reflect.host.lead")}</p>
        <Switch />
        {asked.length === 0 && areAsked(view) ? <p>{t("reflect.host.none")}</p> : null}
        {asked.map((one) => (
          <OneQuestion key={`${one.season}:${one.question}`} asked={one} />
        ))}
      </div>
    </Sheet>
  );
}

/** Whether people are asked at all. */
function areAsked(view: View): boolean {
  return !view.pieces("host")["questions_off"];
}

function Switch() {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const isOn = areAsked(room.view);
  if (!room.command("host.questions")) return null;
  const change = async (): Promise<void> => setFailure((await room.send("host.questions", { on: !isOn })).error);
  return (
    <div>
      <Button on={isOn} onClick={change}>
        {t(isOn ? "reflect.host.on" : "reflect.host.off")}
      </Button>
      <Complaint failure={failure} />
    </div>
  );
}

function OneQuestion({ asked }: { asked: Asked }) {
  const { view } = useRoom();
  const said = saidTo(view, asked);
  const about = [whenAsked(view, asked), asked.role ? t(`role.${asked.role}`) : t("reflect.host.everybody")];
  const count =
    asked.asked === undefined
      ? tn("reflect.host.answers", said.length)
      : t("reflect.host.asked", { n: said.length, of: asked.asked });
  return (
    <section class="asked-question stack tight">
      <h3>{questionText(asked)}</h3>
      <p class="meta">
        {about.join(" · ")} · <b>{count}</b>
      </p>
      {said.length === 0 ? <p class="meta">{t("reflect.host.nobody")}</p> : null}
      {said.length > 0 && said.length < FEW ? (
        <p class="meta">{t(asked.choices ? "reflect.host.few_bars" : "reflect.host.few")}</p>
      ) : null}
      {said.length === 0 ? null : asked.choices ? (
        <Chart asked={asked} said={said} />
      ) : (
        <ul class="answers-list">
          {said.map((one) => (
            <InWords key={`${one.seat}:${one.member}`} asked={asked} said={one} />
          ))}
        </ul>
      )}
      <Missing asked={asked} said={said} />
    </section>
  );
}

/** One press shows, one hides. */
function Pick({ what, args, isShown }: { what: string; args: Args; isShown: boolean }) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const press = async (): Promise<void> =>
    setFailure((await room.send("host.pick", { ...args, shown: !isShown })).error);
  return (
    <>
      <Button
        on={isShown}
        label={t(isShown ? "reflect.host.hide_of" : "reflect.host.show_of", { what })}
        onClick={press}
      >
        {t(isShown ? "reflect.host.hide" : "reflect.host.show")}
      </Button>
      <Complaint failure={failure} />
    </>
  );
}

function Chart({ asked, said }: { asked: Asked; said: readonly Said[] }) {
  const { view } = useRoom();
  const { season, question, choices = [] } = asked;
  return (
    <>
      <AnswerBars question={question} choices={choices} counts={countsOf(said)} />
      <details class="fold">
        <summary>{t("reflect.host.whose")}</summary>
        <ul class="answers-list">
          {said.map((one) => (
            <li key={`${one.seat}:${one.member}`}>
              {t("reflect.host.chose", { name: nameOf(view, one), choice: t(`reflect.${question}.${one.choice}`) })}
            </li>
          ))}
        </ul>
      </details>
      <div>
        <Pick what={questionText(asked)} args={{ season, question }} isShown={isOnWall(view, asked)} />
      </div>
    </>
  );
}

function InWords({ asked, said }: { asked: Asked; said: Said }) {
  const { view } = useRoom();
  const { season, question } = asked;
  const { seat = 0, member, text = "" } = said;
  return (
    <li>
      <span class="own-words">{text}</span>
      <span class="meta">
        {nameOf(view, said)}
        {said.off_wall === "rude" ? ` · ${t("reflect.host.rude")}` : ""}
      </span>
      <span class="pick">
        <Pick what={text} args={{ season, question, seat, member }} isShown={said.picked ?? false} />
        <KeepOff what={text} args={{ season, question, seat, member }} isOff={said.off_wall !== undefined} />
      </span>
    </li>
  );
}

/** One press keeps an answer off the wall and the pages that the class takes home, one lets it be shown again. */
function KeepOff({ what, args, isOff }: { what: string; args: Args; isOff: boolean }) {
  const room = useRoom();
  const { failure, send } = useOffWall();
  if (!mayKeepOff(room)) return null;
  return (
    <>
      <Button
        on={isOff}
        label={t(isOff ? "reflect.host.back_of" : "reflect.host.off_of", { what })}
        onClick={() => send({ ...args, off: !isOff })}
      >
        {t("reflect.host.off_wall")}
      </Button>
      <Complaint failure={failure} />
    </>
  );
}

function nameOf(view: View, { seat = 0 }: Said): string {
  return wholeName(view, seat);
}

/** Who is asked now and has not answered yet, so that nobody has to be asked twice aloud. */
function Missing({ asked, said }: { asked: Asked; said: readonly Said[] }) {
  const { view } = useRoom();
  if (asked.asked === undefined) return null;
  const heard = new Set([...said.map(({ seat }) => seat), ...(asked.gone ?? [])]);
  const left = view
    .all("seat")
    .filter((seat) => (seat.by === "person" || seat.by === "away") && !heard.has(seat.id))
    .filter((seat) => !asked.role || seat.role === asked.role);
  if (left.length === 0) return null;
  return <p class="meta">{t("reflect.host.who", { names: listed(left.map((seat) => wholeName(view, seat.id))) })}</p>;
}
