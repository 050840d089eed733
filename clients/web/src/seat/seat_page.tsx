// A seat's page on the phone: header, tape and purse above, one of four tabs, the tab bar below.
import { useEffect, useState } from "preact/hooks";
import { say } from "../parts/live";
import { useKeys } from "../parts/keys";
import { Digits, spokenTime, Tape } from "../parts/tape";
import { Sym } from "../parts/sprite";
import { Token } from "../parts/tokens";
import { IconButton } from "../parts/ranking";
import { go, TABS, type Tab } from "../route";
import { useRoom } from "../store/context";
import { runNow, seasonInRun, seasonOf } from "../store/run";
import { isLost, remaining } from "../store/time";
import { t } from "../texts";
import { Ended } from "./ended";
import { LinkBanner } from "./link_banner";
import { Menu } from "./menu";
import { MineTab } from "./mine_tab";
import { Now } from "./now";
import { Purse } from "./purse";
import { RulesTab } from "./rules_tab";
import { TableTab } from "./table_tab";

export function SeatPage({ tab }: { tab: Tab }) {
  const room = useRoom();
  const [menu, setMenu] = useState(false);
  useAnnouncements();
  useSeatKeys(room.code.value);
  if (room.ending.value) return <Ended />;
  if (!room.you.value) return <p class="page meta">{isLost(room) ? t("ui.link.unknown") : t("ui.opening")}</p>;
  return (
    <div class="seat-page">
      <Header onMenu={() => setMenu(true)} />
      <main class="page">
        <LinkBanner />
        {tab === "now" ? <Now /> : tab === "table" ? <TableTab /> : tab === "mine" ? <MineTab /> : <RulesTab />}
      </main>
      <TabBar tab={tab} />
      {menu ? <Menu onClose={() => setMenu(false)} /> : null}
    </div>
  );
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
          {status === "running" ? <span class="mono">{seasonOf(room)}</span> : null} {t(`phase.${phase}`)}
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
  return (
    <nav class="tabs" aria-label={t("ui.tabs")}>
      {TABS.map((each) => (
        <button key={each} type="button" class={each === tab ? "on" : ""} aria-current={each === tab ? "page" : undefined} onClick={() => go(`p/${code.value}/${each}`)}>
          <Sym name={each} size={22} />
          {t(`ui.tab.${each}`)}
        </button>
      ))}
    </nav>
  );
}

const CHOICES = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** `1`–`9` choose, `R` or `Enter` is the main button, letters change the tab, `C` reads the clock. */
function useSeatKeys(code: string): void {
  const room = useRoom();
  const press = (selector: string, index = 0): void => document.querySelectorAll<HTMLElement>(selector)[index]?.click();
  const main = (): void => press(".button.main");
  const tab = (to: Tab) => (): void => go(`p/${code}/${to}`);
  useKeys({
    ...Object.fromEntries(CHOICES.map((key, index) => [key, () => press("main button.card", index)])),
    ENTER: () => (document.activeElement?.matches("body, h1") ? main() : false),
    R: main,
    N: tab("now"),
    T: tab("table"),
    M: tab("mine"),
    "?": tab("rules"),
    C: () => say(spokenTime(remaining(room)), "time"),
  });
}

const HALTS_MS = [60_000, 20_000];

/** Read aloud: a new phase, little time left, a pause. */
function useAnnouncements(): void {
  const room = useRoom();
  const { phase, season, status } = room.game.value;
  const { ms, paused } = remaining(room);
  const stage = ms === undefined ? 0 : HALTS_MS.filter((halt) => ms <= halt).length;
  useEffect(() => {
    if (status === "running") say(t("ui.say.phase", { season: seasonInRun(room.view, season ?? 0), phase: t(`phase.${phase}`) }), "phase");
  }, [phase, season, status]);
  useEffect(() => {
    if (stage > 0 && ms !== undefined && !paused) say(t("ui.say.left", { seconds: Math.ceil(ms / 1000) }), "time");
  }, [stage]);
  useEffect(() => {
    if (paused) say(t("ui.paused.text"), "pause", "assertive");
  }, [paused]);
}
