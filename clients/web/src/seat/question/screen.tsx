// The frame of every *Now*: one question, what to choose from, what follows from it, what happens if time runs out, and
// one main button. Whatever else the rules allow and the screen above does not know is offered below as plain forms.
import type { ComponentChildren } from "preact";
import { useContext, useRef, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { MainButton } from "../../parts/controls/button";
import { useFocusKept, useFocusOnQuestion } from "../../parts/controls/focus";
import { showRefusal } from "../../parts/controls/in_sight";
import { Happened } from "../../parts/page/news";
import { WordsHere } from "../../parts/words/words_here";
import type { At, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { waitsForTables } from "../../store/presence";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import { untilSeen } from "../../store/until_seen";
import { t } from "../../texts";
import { Guide } from "../around/guide";
import { Lost } from "../around/lost";
import { MoreTime } from "../around/more_time";
import { UnderCards } from "../moments/underneath";
import { DefaultLine } from "./default_line";
import { LateNote } from "./late";
import { MoreForms } from "./other_commands";
import { PitchRound } from "./pitch_round";
import { Sealed } from "./sealed";
import { SeasonNews } from "./season_news";
import { Talk, Waiting } from "./waiting";

export interface Main {
  label: string;
  /** What is done before the seat says that it is ready; false keeps it from being ready. */
  act?: () => Promise<boolean> | boolean;
  disabled?: boolean;
  /** The step only leads on to the next question. */
  stays?: boolean;
}

/** Say whether the seat is ready, and wait until the table says so too; why it was refused, if it was. */
async function say(room: Room, ready: boolean, at: At | undefined): Promise<Failure | undefined> {
  const { error } = await room.send("ready", { ready }, at);
  if (error) return error;
  await untilSeen(() => isOver(room, at) || (room.view.find("seat", room.seat.value)?.ready ?? false) === ready);
  return undefined;
}

/** Return whether the phase is over that something was meant for. */
function isOver(room: Room, at: At | undefined): boolean {
  return room.game.value.season !== at?.season || room.game.value.phase !== at?.phase;
}

interface ScreenProps {
  question: string;
  children?: ComponentChildren;
  main?: Main;
  consequence?: ComponentChildren;
  /** What the guide says, where a phase has several questions. */
  step?: string;
  /** The commands that the screen itself offers. */
  handled: readonly string[];
}

export function Screen({ question, children, step = "", handled, ...foot }: ScreenProps) {
  const room = useRoom();
  const heading = useRef<HTMLHeadingElement>(null);
  const ready = isReady(room);
  const covered = useContext(UnderCards);
  const isAsked = !ready && !covered;
  useFocusOnQuestion(heading, question, covered);
  useFocusKept(heading, covered);
  return (
    <div class="now">
      {isAsked ? <Guide step={step} paused={remaining(room).paused} /> : null}
      <h1 ref={heading} tabIndex={-1}>
        {question}
      </h1>
      <LateNote />
      {isAsked ? <SeasonNews /> : null}
      {isAsked ? <PitchRound /> : null}
      <Happened />
      {children}
      {ready ? <Sealed /> : null}
      {ready ? <Talk /> : null}
      <MoreForms handled={handled} />
      <Lost />
      <WordsHere />
      {covered ? null : <Foot {...foot} />}
    </div>
  );
}

export function isReady(room: Room): boolean {
  const seat = room.view.find("seat", room.seat.value);
  return Boolean(seat?.ready && !seat.asked);
}

/** What follows, what happens if time runs out, and the main button, by which the seat says that it is ready. */
function Foot({ main = { label: t("ui.done") }, consequence }: Pick<ScreenProps, "main" | "consequence">) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const ready = isReady(room);
  const mayBeReady = room.command("ready") !== undefined;
  const act = async (): Promise<void> => {
    setFailure(undefined);
    const at = room.at(); // what is sent first may take until the next phase has begun, and is not meant for that
    if (!ready && !(await room.drafts.sendAll())) {
      showRefusal();
      return;
    }
    if (!ready && !isOver(room, at) && ((main.act && !(await main.act())) || main.stays)) return;
    if (mayBeReady && !isOver(room, at)) setFailure(await say(room, !ready, at));
  };
  return (
    <div class="foot">
      {consequence ? <div class="consequence">{consequence}</div> : null}
      <div class="time-out">
        {ready || waitsForTables(room.view) ? <Waiting /> : null}
        {ready ? null : <DefaultLine />}
        <MoreTime />
      </div>
      <Complaint failure={failure} />
      <MainButton
        label={main.label}
        onClick={act}
        ready={ready}
        disabled={remaining(room).paused || (main.disabled ?? false) || (!mayBeReady && !main.act)}
      />
    </div>
  );
}
