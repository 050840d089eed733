// A seat's page on the phone: header, tape and purse above, one of four tabs, the tab bar below.
import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../parts/controls/icon_button";
import { useKeys } from "../parts/controls/keys";
import { ring } from "../parts/page/bell";
import { Ended } from "../parts/page/ended";
import { fetchOrReload } from "../parts/page/fetch_or_reload";
import { Later } from "../parts/page/later";
import { LinkBanner } from "../parts/page/link_banner";
import { answer, repeat, say } from "../parts/page/live_regions";
import { Menu } from "../parts/page/menu";
import { Digits, spokenTime, Tape } from "../parts/page/tape";
import { Sym } from "../parts/pictures/sprite";
import { Token } from "../parts/pictures/tokens";
import { go, TABS, type Tab } from "../route";
import { useRoom } from "../store/context";
import type { Room } from "../store/room";
import { runNow, seasonInRun, seasonOf } from "../store/run";
import { remaining } from "../store/time";
import { need, t } from "../texts";
import { useBackButton, useKeptScroll, useSwipe, useTwin, useWakeLock } from "./around/device";
import { useMeant } from "./around/meant";
import { Purse } from "./around/purse";
import { useSheet } from "./around/sheet_address";
import { useShortPage } from "./around/short_page";
import { useWaitingForMe } from "./around/to_answer";
import { Lobby } from "./lobby/lobby";

export function SeatPage({ tab }: { tab: Tab }) {
  const room = useRoom();
  const code = room.code.value;
  const [menu, setMenu] = useSheet("menu");
  const { status, season, phase } = room.game.value;
  const moment = `${status} ${season} ${phase}`;
  const inLobby = status === "lobby" && tab === "now";
  const Play = usePlay(inLobby || !room.you.value);
  const leaving = useBackButton(code, tab);
  useAnnouncements();
  useSeatKeys(code);
  useMeant(room);
  useShortPage();
  useWakeLock();
  useTwin(room);
  useSwipe(code, tab);
  useKeptScroll(code, tab, tab === "now" ? moment : "", inLobby || Play !== undefined);
  if (room.ending.value) return <Ended />;
  if (!room.you.value) return <Opening />;
  return (
    <div class="seat-page">
      <Header onMenu={() => setMenu(0)} />
      <main class="page">
        <LinkBanner />
        <IfTold />
        {isAsked(room) ? null : inLobby ? <Lobby /> : Play ? <Play tab={tab} /> : null}
      </main>
      {leaving ? (
        <p class="banner leaving" role="status">
          {t("ui.leave.again")}
        </p>
      ) : null}
      <TabBar tab={tab} />
      {menu === undefined ? null : <Menu onClose={() => setMenu(undefined)} />}
    </div>
  );
}

/** Whether the page of welcome is to be shown: where the room asks it, until this person has said something. */
function isAsked({ view, you }: Room): boolean {
  return !!view.pieces("room")["consent"] && !view.pieces("consent")[`${you.value?.member}`];
}

function IfTold() {
  const { view } = useRoom();
  const { pseudonyms, consent } = view.pieces("room");
  const { asks_in, still_there, stood_in } = view.hand;
  if (!(asks_in ?? still_there ?? stood_in ?? pseudonyms ?? consent)) return null;
  return <Later load={() => import("./around/told").then((chunk) => chunk.Told)} />;
}

function Opening() {
  return (
    <main class="page stack">
      <p class="meta">{t("ui.opening")}</p>
      <LinkBanner />
    </main>
  );
}

const CALM_MS = 5000;

/** Fetch what the game is played with: at once when it is needed, else when all have a seat and the network is calm. */
function usePlay(waits: boolean): FunctionComponent<{ tab: Tab }> | undefined {
  const [Play, setPlay] = useState<FunctionComponent<{ tab: Tab }>>();
  useEffect(() => {
    const fetchIt = (): Promise<unknown> =>
      Promise.all([import("./tabs/tabs"), need("play")]).then(([chunk]) => setPlay(() => chunk.Play));
    const timer = setTimeout(() => void fetchOrReload(fetchIt), waits ? CALM_MS : 0);
    return () => clearTimeout(timer);
  }, [waits]);
  return Play;
}

function Header({ onMenu }: { onMenu: () => void }) {
  const room = useRoom();
  const { phase = "lobby", status } = room.game.value;
  return (
    <header class="header">
      <button type="button" class="button skip" onClick={() => document.querySelector("h1")?.focus()}>
        {t("ui.skip")}
      </button>
      <div class="bar">
        <Token seat={room.seat.value} small />
        <span class="phase">
          {status === "running" ? <span class="season">{seasonOf(room)}</span> : null} {t(`phase.${phase}`)}
          {status === "running" && runNow(room) ? <span class="run micro">{runNow(room)}</span> : null}
        </span>
        {status === "running" ? <Digits /> : null}
        <IconButton icon="menu" label={t("ui.menu")} onClick={onMenu} />
      </div>
      {status === "running" ? <Tape /> : null}
      {status === "running" ? <Purse /> : null}
    </header>
  );
}

function TabBar({ tab }: { tab: Tab }) {
  const { code } = useRoom();
  const waiting = useWaitingForMe();
  return (
    <nav class="tabs" aria-label={t("ui.tabs")}>
      {TABS.map((each) => (
        <button
          key={each}
          type="button"
          class={each === tab ? "on" : ""}
          aria-current={each === tab ? "page" : undefined}
          onClick={() => go(`p/${code.value}/${each}`, true)}
        >
          <Sym name={each} size={22} />
          {t(`ui.tab.${each}`)}
          {each === "now" && tab !== "now" && waiting > 0 ? <span class="badge mono">{waiting}</span> : null}
        </button>
      ))}
    </nav>
  );
}

const CHOICES = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * `1`–`9` choose, `R` or `Enter` is the main button, letters change the tab, `C` reads clock and state, `L` repeats.
 */
function useSeatKeys(code: string): void {
  const room = useRoom();
  const press = (selector: string, index = 0): void => document.querySelectorAll<HTMLElement>(selector)[index]?.click();
  const main = (): void => press(".button.main");
  const tab = (to: Tab) => (): void => go(`p/${code}/${to}`, true);
  useKeys({
    ...Object.fromEntries(CHOICES.map((key, index) => [key, () => press("main button.card", index)])),
    ENTER: () => (document.activeElement?.matches("body, h1") ? main() : false),
    R: main,
    N: tab("now"),
    T: tab("table"),
    M: tab("mine"),
    "?": tab("rules"),
    C: () => answer(`${spokenTime(remaining(room))} ${isReady() ? t("ui.ready.text") : questionNow()}`, "time"),
    L: repeat,
  });
  function isReady(): boolean {
    return room.view.find("seat", room.seat.value)?.ready ?? false;
  }
}

function questionNow(): string {
  return document.querySelector("h1:not(.moment h1)")?.textContent ?? "";
}

const MINUTE_MS = 60_000;
const HALTS_MS = [MINUTE_MS, 20_000];
const LAST_MS = 10_000;

/**
 * Read aloud: a new phase with its question, half-time and little time left, more time, a pause, and that the link is
 * back.
 */
function useAnnouncements(): void {
  const room = useRoom();
  const { phase, season, status } = room.game.value;
  const { ms, paused } = remaining(room);
  const ready = room.view.find("seat", room.seat.value)?.ready ?? false;
  const full = useFull(`${season} ${phase}`, ms);
  const halts = [...(full / 2 > MINUTE_MS ? [full / 2] : []), ...HALTS_MS];
  const stage = ms === undefined ? 0 : halts.filter((halt) => ms <= halt).length;
  const isLast = ms !== undefined && ms <= LAST_MS && !ready && !paused;
  const lost = room.link.value !== "open" && room.failures.value > 0;
  useEffect(() => {
    if (status !== "running") return;
    ring();
    const begins = t("ui.say.phase", { season: seasonInRun(room.view, season ?? 0), phase: t(`phase.${phase}`) });
    const time = ms === undefined ? "" : spokenTime({ ms, paused, doubtful: false });
    say(`${begins} ${questionNow()} ${time}`, "phase");
  }, [phase, season, status]);
  const before = useRef(0);
  useEffect(() => {
    const isLater = stage > before.current; // else there is more time
    before.current = stage;
    if (isLater && ms !== undefined && !paused) say(t("ui.say.left", { seconds: Math.ceil(ms / 1000) }), "time");
  }, [stage]);
  useEffect(() => {
    if (isLast) say(t("ui.say.left", { seconds: Math.ceil(ms / 1000) }), "time", "assertive");
  }, [isLast]);
  useEffect(() => {
    if (paused) say(t("ui.paused.text"), "pause", "assertive");
  }, [paused]);
  useSaidWhenAdded(`${season} ${phase}`);
  useSaidOnReturn(lost);
}

/** Say how much time there is when some is added, in the place of how little there was. */
function useSaidWhenAdded(phase: string): void {
  const room = useRoom();
  const { deadline = 0 } = room.view.single("clock");
  const before = useRef({ phase, deadline });
  useEffect(() => {
    const isAdded = before.current.phase === phase && before.current.deadline > 0 && deadline > before.current.deadline;
    before.current = { phase, deadline };
    if (isAdded) say(spokenTime(remaining(room)), "time");
  }, [phase, deadline]);
}

/** Return the longest time that this page has seen in a phase. */
function useFull(phase: string, ms: number | undefined): number {
  const [full, setFull] = useState({ phase, ms: 0 });
  useEffect(() => {
    if (ms !== undefined && (full.phase !== phase || ms > full.ms)) setFull({ phase, ms });
  });
  return full.phase === phase ? full.ms : 0;
}

function useSaidOnReturn(lost: boolean): void {
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (was && !lost) say(t("ui.say.back"), "link");
    setWas(lost);
  }, [lost]);
}
