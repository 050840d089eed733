// What is known about the link, and no more; and whether the room stands still.
import { useEffect, useState } from "preact/hooks";
import { say } from "../parts/live";
import { useRoom } from "../store/context";
import { isLost, remaining } from "../store/time";
import { t } from "../texts";

export function LinkBanner() {
  const room = useRoom();
  const lost = isLost(room);
  const paused = remaining(room).paused;
  const text = useLostText(lost);
  useEffect(() => {
    if (lost && text) say(text, "link", "assertive");
  }, [lost, text]);
  if (lost) return <p class="banner warn">{text}</p>;
  if (paused) return <p class="banner">{t("ui.paused.text")}</p>;
  if (room.view.find("seat", room.seat.value)?.by === "bot") return <p class="banner">{t("ui.stand_in")}</p>;
  return null;
}

const PROBE_MS = 4000;

/** Say whose side is down, as far as that can be known: the device says so, or the server refuses or answers amiss. */
function useLostText(lost: boolean): string {
  const [key, setKey] = useState("ui.link.unknown");
  useEffect(() => {
    if (!lost) return undefined;
    let current = true;
    const probe = async (): Promise<void> => {
      const found = await whoseSide();
      if (current) setKey(found);
    };
    void probe();
    const timer = setInterval(() => void probe(), PROBE_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [lost]);
  return t(key);
}

async function whoseSide(): Promise<string> {
  if (navigator.onLine === false) return "ui.link.own";
  try {
    const answer = await fetch("healthz", { cache: "no-store", signal: AbortSignal.timeout(PROBE_MS - 500) });
    return answer.ok ? "ui.link.blocked" : "ui.link.server";
  } catch {
    return "ui.link.unknown";
  }
}
