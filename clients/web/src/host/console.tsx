// The facilitator's page: pace on top, exceptions first in the list of seats, the log below. It also works on a phone.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Qr } from "../parts/qr";
import { Sheet } from "../parts/sheet";
import { Digits, Tape } from "../parts/tape";
import { useModuleWords } from "../parts/things";
import { go, link } from "../route";
import { Ended } from "../seat/ended";
import { sentences } from "../seat/happened";
import { LookSettings } from "../seat/menu";
import { addressOf } from "../store/address";
import { useRoom } from "../store/context";
import { runNow, seasonOf } from "../store/run";
import { isLost, remaining } from "../store/time";
import { t, tn } from "../texts";
import { Ranking } from "../debrief/final";
import { Runs } from "../debrief/runs";
import { Figures } from "./figures";
import { Pace } from "./pace";
import { Seats } from "./seats";
import { Message } from "./message";
import "../styles/host_figures.css";
import "../styles/host.css";

export function ConsolePage() {
  const room = useRoom();
  useModuleWords();
  useEffect(() => document.documentElement.classList.add("console"), []);
  useEffect(() => () => document.documentElement.classList.remove("console"), []);
  if (room.ending.value) return <Ended host />;
  if (!room.you.value) return <p class="page meta">{t("ui.opening")}</p>;
  const over = room.game.value.status === "over";
  return (
    <div class="console-page">
      <Strip />
      <main class="console-main">
        <section class="stack tight">
          <div class="row spread">
            <h1 tabIndex={-1}>{over ? t("phase.over") : t("ui.console")}</h1>
            {over ? (
              <Button look="ink" onClick={() => go("c/new")}>
                {t("ui.host.new")}
              </Button>
            ) : null}
          </div>
          {isLost(room) ? <p class="banner warn">{t("ui.console.lost")}</p> : null}
          {over ? (
            <div class="debrief">
              <Ranking />
              <Figures />
            </div>
          ) : null}
          <Runs />
          <Seats />
        </section>
        <aside class="stack">
          <Links />
          <Message />
          <Log />
        </aside>
      </main>
    </div>
  );
}

function Strip() {
  const room = useRoom();
  const { phase = "lobby", status } = room.game.value;
  const [settings, setSettings] = useState(false);
  return (
    <header class="strip">
      <div class="row spread">
        <b class="mono code">{room.code.value}</b>
        <span class="phase">
          {status === "running" ? <span class="mono">{seasonOf(room)}</span> : null} {runNow(room)} {t(`phase.${phase}`)}{" "}
          {status === "running" ? <Digits /> : null} {remaining(room).paused ? <span class="tag filled">{t("ui.paused")}</span> : null}
        </span>
        <Button look="quiet" onClick={() => setSettings(true)}>
          {t("ui.menu")}
        </Button>
      </div>
      {status === "running" ? <Tape /> : null}
      <Pace />
      {settings ? (
        <Sheet title={t("ui.menu")} onClose={() => setSettings(false)}>
          <div class="stack">
            <LookSettings />
          </div>
        </Sheet>
      ) : null}
    </header>
  );
}

/** How people get in, always at hand. */
function Links() {
  const room = useRoom();
  const { code } = room;
  const { join, onlyHere } = addressOf(room);
  return (
    <section class="stack tight links">
      <h2>{t("ui.console.join")}</h2>
      <Qr text={join} size={168} />
      <p>
        <a href={join} target="_blank" rel="noopener">
          {join.replace(/^https?:\/\//, "")}
        </a>
      </p>
      {onlyHere ? <p class="note meta">{t("ui.console.only_here")}</p> : null}
      <p>
        <a href={link(`s/${code.value}`)} target="_blank" rel="noopener">
          {t("ui.console.projector")}
        </a>
      </p>
    </section>
  );
}

const LINES = 30;

function Log() {
  const found = sentences(useRoom());
  return (
    <section class="stack tight">
      <h2>{t("ui.console.log")}</h2>
      {found.length === 0 ? <p class="meta">{t("ui.console.quiet")}</p> : <p class="meta">{tn("ui.console.lines", found.length)}</p>}
      <ul class="log">
        {found.slice(0, LINES).map((each) => (
          <li key={each.number}>{each.text}</li>
        ))}
      </ul>
    </section>
  );
}
