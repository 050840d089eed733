// What is known about the link, and no more; and whether the room stands still.
import { useEffect, useState } from "preact/hooks";
import { useRoom } from "../../store/context";
import { isLost, remaining } from "../../store/time";
import { t } from "../../texts";
import { say } from "./live_regions";

export function LinkBanner() {
  const room = useRoom();
  const lost = isLost(room);
  const paused = remaining(room).paused;
  const key = useWhatIsKnown(lost);
  const told = room.elsewhere.value || t(key);
  useEffect(() => {
    if (lost) say(told, "link", "assertive");
  }, [lost, told]);
  if (lost) {
    return (
      <p class="banner warn">
        {told}
        {key === "ui.link.blocked" ? (
          <>
            {" "}
            <a href="#/check">{t("ui.link.check")}</a>
          </>
        ) : null}
      </p>
    );
  }
  if (paused)
    return <p class="banner">{t(room.view.pieces("room")["behind"] ? "ui.paused.behind" : "ui.paused.text")}</p>;
  // after the end nobody plays; who may do nothing before it looks on, else a tap takes over again
  if (room.game.value.status === "running" && room.view.find("seat", room.seat.value)?.by === "bot")
    return <p class="banner">{t(room.command("ready") ? "ui.stand_in" : "ui.bot_plays")}</p>;
  return null;
}

const PROBE_MS = 4000;
const BLOCKED_AFTER = 4; // failures in a row, the server answering otherwise at each: three sockets, and posts

/** Say whose side is down, as far as that can be known: the device says so, or the server refuses or answers amiss. */
export function useWhatIsKnown(lost: boolean): string {
  const room = useRoom();
  const [side, setSide] = useState("unknown");
  useEffect(() => {
    if (!lost) return undefined;
    let current = true;
    const probe = async (): Promise<void> => {
      const found = await whoseSide();
      if (current) setSide(found);
    };
    void probe();
    const timer = setInterval(() => void probe(), PROBE_MS);
    window.addEventListener("offline", probe);
    return () => {
      current = false;
      clearInterval(timer);
      window.removeEventListener("offline", probe);
    };
  }, [lost]);
  if (room.missed.value) return "ui.link.behind";
  if (room.restarting.value) return "ui.link.restarting";
  if (side === "there" && room.blocked.value >= BLOCKED_AFTER) return "ui.link.blocked";
  return `ui.link.${side}`;
}

async function whoseSide(): Promise<string> {
  if (navigator.onLine === false) return "own";
  try {
    const answer = await fetch("healthz", { cache: "no-store", signal: AbortSignal.timeout(PROBE_MS - 500) });
    return answer.ok ? "there" : "server";
  } catch {
    return "unknown";
  }
}
