// The host's page: the strip on top, the seats with exceptions first, one seat beside them, notes and log, a word to
// everybody, and the powers that are seldom needed. It also works at a phone's width, in the order of a teacher who
// walks.
import type { FunctionComponent } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { saidOf } from "../parts/answers/answers";
import { Button } from "../parts/controls/button";
import { AsksIn } from "../parts/page/asks_in";
import { Ended } from "../parts/page/ended";
import { Opening } from "../parts/page/unreachable";
import { useModuleWords } from "../parts/pictures/other_pieces";
import { Token } from "../parts/pictures/tokens";
import { DebriefView } from "../parts/results/debrief_view";
import { Runs } from "../parts/results/runs";
import { isRankingKept, isSealed } from "../parts/results/scenes";
import { Ranking } from "../parts/results/standings";
import { go } from "../route";
import { aboutClass } from "../store/classes";
import { useRoom } from "../store/context";
import { useLesson } from "../store/lesson";
import { looksAhead } from "../store/looks_ahead";
import { wholeName } from "../store/names";
import { need, t } from "../texts";
import { about, number } from "../texts/numbers";
import { Again } from "./again";
import { Thumb } from "./bar/thumb";
import { TopBar } from "./bar/top_bar";
import { WallCard } from "./bar/wall_control";
import { BesideForks } from "./beside";
import { Bookmark } from "./bookmark";
import { Figures } from "./figures";
import { LeadReplay } from "./lead_replay";
import { Message } from "./message";
import { useNarrow } from "./narrow";
import { waitingNames } from "./needs/kept_names";
import { needsOf } from "./needs/needs";
import { NeedsYou } from "./needs/needs_you";
import { Notes } from "./notes";
import { RarePowers } from "./rare_powers";
import { Rehearsal } from "./rehearsal/strip";
import { AddSeat } from "./seats/add_seat";
import { SeatPictureContext } from "./seats/over_shoulder";
import { Seats } from "./seats/seat_list";
import { SeatPanel } from "./seats/seat_panel";
import { Selection, SelectionContext, useSelection } from "./selection";
import { Sheets } from "./sheets/sheets";
import { TakeHome } from "./sheets/take_home";
import { PhonesNetwork, RoomAddress } from "./sheets/ways_in";
import { useToCome } from "./to_come";
import { Waits } from "./waits";
import "../parts/results/figures.css";
import "../styles/typeface.css";
import "../styles/wall_tokens.css";
import "./host.css";
import "./bar/top_bar.css";
import "./seats/seats.css";
import "./needs/needs.css";
import "./bar/thumb.css";
import "./console_foot.css";
import "./sheets/things.css";

/** The page; `seatPicture` draws a seat's phone for a host who looks over its shoulder. */
export function ConsolePage({ seatPicture }: { seatPicture: FunctionComponent }) {
  const room = useRoom();
  const selection = useMemo(() => new Selection(), [room]);
  useModuleWords();
  useLesson(room.game.value.scenario ?? "");
  useEffect(() => {
    void need("pitches");
    document.documentElement.classList.add("console");
    return () => document.documentElement.classList.remove("console");
  }, []);
  const ofClass = aboutClass(room.view)?.code; // a link or a button of before led to the code of a class
  useEffect(() => {
    if (ofClass) go(`class/${ofClass}`, true);
  }, [ofClass]);
  if (room.ending.value) return <Ended host />;
  if (!room.you.value || ofClass) return <Opening />;
  return (
    <SeatPictureContext.Provider value={seatPicture}>
      <SelectionContext.Provider value={selection}>
        <div class="console-page">
          <TopBar />
          <Rehearsal />
          <main class="console-main">
            <div class="list">{room.game.value.status === "over" ? <Over /> : <Play />}</div>
            <Beside />
          </main>
          <footer class="console-foot">
            <Thumb />
            <div class="foot-row">
              <Message />
              <RarePowers />
            </div>
          </footer>
          <Sheets />
        </div>
      </SelectionContext.Provider>
    </SeatPictureContext.Provider>
  );
}

function Beside() {
  const selection = useSelection();
  const isNarrow = useNarrow();
  const isOpen = selection.seat.value !== undefined;
  return (
    <aside class="beside">
      {isOpen ? <SeatPanel isSheet={isNarrow} /> : null}
      {isOpen && !isNarrow ? null : <WayIn />}
      {isOpen || isNarrow ? null : <Needs />}
      {isNarrow ? null : <WallCard />}
      <Bookmark />
      {isOpen && !isNarrow ? null : <Notes />}
      {isNarrow ? null : <AfterTalk />}
    </aside>
  );
}

/** Who needs the host, in play; before it people come in. */
function Needs() {
  const room = useRoom();
  const isWaited = needsOf(room).length > 0 || waitingNames(room.view).length > 0;
  const isThere = room.game.value.status === "running" || isWaited;
  return isThere && room.game.value.status !== "over" ? <NeedsYou /> : null;
}

/** How people get in, and a seat for one more, until the game runs; then it stands behind the code in the strip. */
function WayIn() {
  const room = useRoom();
  if (room.game.value.status !== "lobby") return null;
  return (
    <section class="stack tight links">
      <h2>{t("ui.console.join")}</h2>
      <div class="room-address">
        <RoomAddress size={168} />
      </div>
      <PhonesNetwork />
      <AddSeat />
      <a
        href={`#/lesson/${room.game.value.scenario ?? ""}/${room.view.all("seat").length}`}
        target="_blank"
        rel="noreferrer"
      >
        {t("ui.host.lesson")}
      </a>
    </section>
  );
}

/** On a phone who needs the host stands above everybody, elsewhere beside them. */
function Play() {
  const isNarrow = useNarrow();
  return (
    <>
      {isNarrow ? <Needs /> : null}
      <Runs />
      <AsksIn isHost />
      <Seats />
    </>
  );
}

/** What the class has answered stands a press away, where there is something. */
function TheirAnswers() {
  const { view } = useRoom();
  const selection = useSelection();
  const count = saidOf(view).length;
  if (count === 0) return null;
  return (
    <p>
      <Button look="ink" onClick={() => selection.open("answers")}>
        {about(t("ui.host.more.answers"), number(count))}
      </Button>
    </p>
  );
}

/** What comes after the talk: the replay, what is taken home, another game. It stands beside what is talked about. */
function AfterTalk() {
  const room = useRoom();
  if (room.game.value.status !== "over") return null;
  return (
    <div class="stack after-talk">
      <LeadReplay />
      <BesideForks />
      <TakeHome />
      <Again />
    </div>
  );
}

/** Somebody by the whole name, which has room on a console. */
function WholePerson({ seat }: { seat: number }) {
  return (
    <span class="person whole">
      <Token seat={seat} small />
      <bdi>{wholeName(useRoom().view, seat)}</bdi>
    </span>
  );
}

/** After the end: what there is to talk about first, the seats folded away. */
export function Over() {
  const isNarrow = useNarrow();
  const { view } = useRoom();
  const toCome = useToCome();
  const isRunKept = toCome.size > 0 || (isRankingKept(view) && !isSealed(view));
  const keeps = (isKept: boolean): boolean => isKept && !looksAhead.value;
  return (
    <div class="stack">
      <Waits isMore={toCome.size > 0} />
      <TheirAnswers />
      {isNarrow ? <AfterTalk /> : null}
      <DebriefView follow leads />
      <section class="debrief">
        <Ranking person={WholePerson} />
        <div class="stack">
          <Figures isLastKept={keeps(toCome.has("together"))} />
          <Runs isLastKept={keeps(isRunKept)} />
        </div>
      </section>
      <details class="fold">
        <summary>{t("ui.host.seats")}</summary>
        <Seats />
      </details>
    </div>
  );
}
