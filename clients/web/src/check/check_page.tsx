// The network check: page, socket, delay, clock, each with a tick or what to do, and one sentence to show to whoever
// runs the network. It asks nobody but this server.
import { useEffect, useState } from "preact/hooks";
import { comesThrough } from "../carried/carried";
import { Button } from "../parts/controls/button";
import { TopLine } from "../parts/page/wordmark";
import { Sym } from "../parts/pictures/sprite";
import { SUBPROTOCOL } from "../protocol/frames";
import { socketUrl } from "../protocol/socket";
import { go } from "../route";
import { isHeard, serverAddress } from "../store/join_address";
import { t } from "../texts";
import { NetworksPage } from "./networks_page";
import "../parts/page/plain_pages.css";

export { NetworksPage }; // in one chunk: whoever needs one of the two often needs the other

type Row = "page" | "socket" | "delay" | "clock";
const ROWS: readonly Row[] = ["page", "socket", "delay", "clock"];

interface Found {
  ok: boolean;
  /** Which of the row's sentences; its values. */
  as: string;
  values?: { readonly [name: string]: string | number };
}

const PATIENCE_MS = 8000;
const SLOW_MS = 800;
const AT_ONCE_MS = 1000; // a machine that is there says no within it; a device that is not found takes longer
const CLOCK_OFF_MS = 60_000;
const PROBES = 3;

interface Answer {
  ms: number;
  date: number;
  via: boolean;
}

/** Return the server's answer, or why there is none: a browser is told no reason, only how soon it failed. */
async function askPage(): Promise<Answer | "refused" | "silent"> {
  const began = performance.now();
  const answer = await fetch("healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    () => undefined,
  );
  if (!answer?.ok) return answer || performance.now() - began < AT_ONCE_MS ? "refused" : "silent";
  return {
    ms: performance.now() - began,
    date: Date.parse(answer.headers.get("Date") ?? ""),
    via: answer.headers.has("Via"),
  };
}

function opensSocket(): Promise<boolean> {
  return new Promise((settle) => {
    const socket = new WebSocket(socketUrl(location.href), SUBPROTOCOL);
    const finish = (opened: boolean): void => {
      clearTimeout(timer);
      socket.onopen = socket.onclose = null;
      socket.close();
      settle(opened);
    };
    const timer = setTimeout(() => finish(false), PATIENCE_MS);
    socket.onopen = () => finish(true);
    socket.onclose = () => finish(false);
  });
}

async function checkAll(tell: (row: Row, found: Found) => void): Promise<void> {
  const answers: Answer[] = [];
  let why: "refused" | "silent" = "silent";
  for (let probe = 0; probe < PROBES; probe += 1) {
    const answer = await askPage();
    if (typeof answer === "string") why = answer;
    else answers.push(answer);
  }
  const best = answers.reduce<Answer | undefined>((one, other) => (one && one.ms < other.ms ? one : other), undefined);
  tell("page", { ok: best !== undefined, as: best ? "ok" : navigator.onLine ? why : "offline" });
  const opened = await opensSocket();
  tell("socket", opened ? { ok: true, as: "ok" } : await otherWay(best));
  const ms = Math.round(best?.ms ?? 0);
  tell(
    "delay",
    best ? { ok: ms < SLOW_MS, as: ms < SLOW_MS ? "ok" : "remedy", values: { ms } } : { ok: false, as: "unknown" },
  );
  tell("clock", clock(best));
}

/** Frames may come through by events and posts where no socket opens. */
async function otherWay(answer: Answer | undefined): Promise<Found> {
  const comes = answer && (await comesThrough(socketUrl(location.href), PATIENCE_MS));
  return comes ? { ok: true, as: "slower" } : { ok: false, as: answer?.via ? "proxy" : "remedy" };
}

/** The device's clock beside the server's; a wrong one hurts nobody, since the server's counts. */
function clock(answer: Answer | undefined): Found {
  if (!answer || Number.isNaN(answer.date)) return { ok: false, as: "unknown" };
  const off = Date.now() - answer.date;
  if (Math.abs(off) < CLOCK_OFF_MS) return { ok: true, as: "ok" };
  return { ok: true, as: "off", values: { minutes: Math.round(Math.abs(off) / 60_000) } };
}

export function CheckPage() {
  const [found, setFound] = useState<{ readonly [row in Row]?: Found }>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    setFound({});
    void checkAll((row, what) => current && setFound((before) => ({ ...before, [row]: what })));
    return () => {
      current = false;
    };
  }, [round]);
  const done = ROWS.every((row) => found[row]);
  const well = ROWS.every((row) => found[row]?.ok);
  const verdict = done ? (well ? "ui.check.all_well" : "ui.check.trouble") : "ui.check.running";
  return (
    <main class="page stack">
      <TopLine />
      <h1 tabIndex={-1}>{t("ui.check.question")}</h1>
      <p role="status">{t(verdict)}</p>
      <Here />
      <ul class="checks">
        {ROWS.map((row) => (
          <CheckRow key={row} row={row} found={found[row]} />
        ))}
      </ul>
      <section class="stack tight">
        <h2>{t("ui.check.it")}</h2>
        <blockquote class="note">{t("ui.check.it.sentence", { address: socketUrl(location.href) })}</blockquote>
      </section>
      <div class="row">
        <Button onClick={() => setRound(round + 1)}>{t("ui.check.again")}</Button>
        <Button onClick={() => go("networks")}>{t("ui.networks.open")}</Button>
        <Button look="quiet" onClick={() => go("")}>
          {t("ui.apart.home")}
        </Button>
      </div>
    </main>
  );
}

/** On the server's own computer: this page says nothing of what a phone reaches. */
function Here() {
  const { url, onlyHere } = serverAddress();
  return isHeard() === undefined || onlyHere ? null : <p class="banner">{t("ui.check.here", { url })}</p>;
}

function CheckRow({ row, found }: { row: Row; found: Found | undefined }) {
  return (
    <li class={found ? (found.ok ? "good-row" : "bad-row") : ""}>
      <span class="mark" aria-hidden="true">
        {found ? <Sym name={found.ok ? "check" : "close"} size={22} /> : "…"}
      </span>
      <span>
        <b>{t(`ui.check.${row}`)}</b>
        {found ? <span class="unseen"> {t(found.ok ? "ui.check.works" : "ui.check.fails")}</span> : null}
        {found ? <span class="meta">{t(`ui.check.${row}.${found.as}`, found.values)}</span> : null}
      </span>
    </li>
  );
}
