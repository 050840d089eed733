// The projector: code and QR until all are in, then the phase, the clock and the room as a picture. It shows the table
// alone, so it can't show a secret.
import { useEffect } from "preact/hooks";
import { Ranking } from "../debrief/final";
import { Runs } from "../debrief/runs";
import { Figures } from "../host/figures";
import { useKeys } from "../parts/keys";
import { Qr } from "../parts/qr";
import { Sym } from "../parts/sprite";
import { Digits, Tape } from "../parts/tape";
import { Token } from "../parts/tokens";
import { theme } from "../prefs";
import { addressOf } from "../store/address";
import { useRoom } from "../store/context";
import { runNow, seasonOf } from "../store/run";
import { isLost, remaining } from "../store/time";
import { sentence } from "../join/home";
import { seatName } from "../texts/names";
import { t, tn } from "../texts";
import { Spaces } from "./spaces";
import { Side } from "./side";
import { useModuleWords } from "../parts/things";
import "../styles/host_figures.css";
import "../styles/wall.css";
import "../styles/wall_closer.css";

export function WallPage() {
  const room = useRoom();
  useWallKeys();
  useModuleWords();
  if (room.ending.value) return <p class="wall-note">{sentence(room.ending.value.code, room.ending.value.message)}</p>;
  const { status } = room.game.value;
  if (!room.you.value) return <p class="wall-note">{t("ui.opening")}</p>;
  return (
    <div class="wall">
      <Band />
      {status === "lobby" ? <Lobby /> : status === "over" ? <End /> : <Play />}
      <Foot />
    </div>
  );
}

function Band() {
  const room = useRoom();
  const { phase = "lobby", status } = room.game.value;
  return (
    <header class="band">
      {status === "running" ? (
        <>
          <h1>
            <span class="mono">{seasonOf(room)}</span> {t(`phase.${phase}`)}
          </h1>
          {runNow(room) ? <span class="wall-meta">{runNow(room)}</span> : null}
          <Digits />
          <Tape />
          {remaining(room).paused ? <b>{t("ui.paused")}</b> : null}
        </>
      ) : (
        <h1 class="wordmark">
          <Sym name="mark" size={72} /> makersphere
        </h1>
      )}
    </header>
  );
}

function Lobby() {
  const room = useRoom();
  const seats = room.view.all("seat");
  const people = seats.filter((seat) => seat.by === "person");
  const { join } = addressOf(room);
  return (
    <main class="wall-lobby">
      <div class="qr-box">
        <Qr text={join} />
      </div>
      <div class="stack">
        <p class="wall-code mono">{room.code.value}</p>
        <p class="wall-title">{join.replace(/^https?:\/\/|\/#.*$/g, "")}</p>
        <p class="wall-title">{tn("ui.lobby.people", people.length, { all: seats.length })}</p>
        <ul class="wall-people">
          {people.map((seat) => (
            <li key={seat.id}>
              <Token seat={seat.id} />
              <bdi>{seatName(room.view, seat.id)}</bdi>
            </li>
          ))}
        </ul>
        <p class="wall-meta">{t("ui.wall.starts")}</p>
      </div>
    </main>
  );
}

function Play() {
  return (
    <main class="wall-play">
      <Spaces />
      <Side />
    </main>
  );
}

function End() {
  return (
    <main class="wall-end">
      <h2 class="wall-title">{t("ui.wall.end")}</h2>
      <div class="wall-debrief">
        <Ranking />
        <Debrief />
      </div>
    </main>
  );
}

/** What there is to talk about: the runs side by side where there are several, else the seasons. */
function Debrief() {
  const several = useRoom().view.all("result").filter((run) => !run.practice).length > 1;
  return several ? <Runs /> : <Figures />;
}

function Foot() {
  const room = useRoom();
  const running = room.game.value.status === "running";
  const waiting = room.view.all("seat").filter((seat) => !seat.ready).length;
  return (
    <footer class="wall-foot">
      <span class="mono">{room.code.value}</span>
      {isLost(room) ? <span>{t("ui.wall.lost")}</span> : null}
      {running ? <span>{tn("ui.wall.waiting", waiting)}</span> : null}
    </footer>
  );
}

function useWallKeys(): void {
  useKeys({
    F: () => void document.documentElement.requestFullscreen?.(),
    D: () => (theme.value = theme.value === "dark" ? "light" : "dark"),
  });
  useEffect(() => {
    document.documentElement.classList.add("on-wall");
    return () => document.documentElement.classList.remove("on-wall");
  }, []);
}
