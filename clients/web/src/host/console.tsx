// The facilitator's page: the strip on top, the seats with exceptions first, one seat beside them, notes and log, a word to
// everybody, and the powers that are seldom needed. It also works at a phone's width, in the order of a teacher who walks.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Ranking } from "../debrief/final";
import { Runs } from "../debrief/runs";
import { DebriefView } from "../debrief/view";
import { Button } from "../parts/button";
import { useModuleWords } from "../parts/things";
import { go } from "../route";
import { Ended } from "../seat/ended";
import { useRoom } from "../store/context";
import { need, t } from "../texts";
import { AddSeat } from "./add_seat";
import { RoomAddress } from "./address";
import { Desk, DeskContext, useDesk } from "./desk";
import { Figures } from "./figures";
import { Log } from "./log";
import { Message } from "./message";
import { More } from "./more";
import { Notes } from "./notes";
import { SeatPanel } from "./panel";
import { Seats } from "./seats";
import { Sheets } from "./sheets";
import { Strip } from "./strip";
import { TakeHome } from "./take_home";
import "../styles/host_figures.css";
import "../styles/host.css";
import "../styles/host_strip.css";
import "../styles/host_seats.css";
import "../styles/host_foot.css";
import "../styles/host_things.css";

const NARROW = "(max-width: 900px)"; // as host.css has it

export function ConsolePage() {
  const room = useRoom();
  const desk = useMemo(() => new Desk(), [room]);
  useModuleWords();
  useEffect(() => {
    void need("pitches");
    document.documentElement.classList.add("console");
    return () => document.documentElement.classList.remove("console");
  }, []);
  if (room.ending.value) return <Ended host />;
  if (!room.you.value) return <p class="page meta">{t("ui.opening")}</p>;
  return (
    <DeskContext.Provider value={desk}>
      <div class="console-page">
        <Strip />
        <main class="console-main">
          <div class="list">{room.game.value.status === "over" ? <Over /> : <Play />}</div>
          <Beside />
        </main>
        <footer class="console-foot">
          <Message />
          <More />
        </footer>
        <Sheets />
      </div>
    </DeskContext.Provider>
  );
}

function Beside() {
  const desk = useDesk();
  const isNarrow = useNarrow();
  const isOpen = desk.seat.value !== undefined;
  return (
    <aside class="beside">
      {isOpen ? <SeatPanel isSheet={isNarrow} /> : null}
      {isOpen && !isNarrow ? null : <WayIn />}
      <Notes />
      <Log />
    </aside>
  );
}

function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const media = matchMedia(NARROW);
    const look = (): void => setNarrow(media.matches);
    media.addEventListener("change", look);
    return () => media.removeEventListener("change", look);
  }, []);
  return isNarrow;
}

/** How people get in, and a seat for one more, until the game runs; then it stands behind the code in the strip. */
function WayIn() {
  const room = useRoom();
  if (room.game.value.status !== "lobby") return null;
  return (
    <section class="stack tight links">
      <h2>{t("ui.console.join")}</h2>
      <RoomAddress size={168} />
      <AddSeat />
    </section>
  );
}

function Play() {
  return (
    <>
      <Runs />
      <Seats />
    </>
  );
}

/** After the end: what there is to talk about first, the seats folded away. */
function Over() {
  return (
    <div class="stack">
      <DebriefView follow leads />
      <section class="debrief">
        <Ranking />
        <div class="stack">
          <Figures />
          <Runs />
        </div>
      </section>
      <details class="fold">
        <summary>{t("ui.host.seats")}</summary>
        <Seats />
      </details>
      <TakeHome />
      <div class="row">
        <Button look="ink" onClick={() => go("c/new")}>
          {t("ui.host.new")}
        </Button>
      </div>
    </div>
  );
}
