// What a phone does beside showing the game: its back button, its screen that goes dark, its other tabs, a swipe, and
// where one had scrolled to.
import { useEffect, useRef, useState } from "preact/hooks";
import { closeTop } from "../../parts/controls/sheet";
import { go, TABS, type Tab } from "../../route";
import { session } from "../../storage";
import type { Room } from "../../store/room";

const LEAVING_MS = 4000;

/** Back closes the sheet, then returns to *Now*, then says that once more leaves; whether it has just said so. */
export function useBackButton(code: string, tab: Tab): boolean {
  const [leaving, setLeaving] = useState(false);
  useEffect(() => {
    if (history.state?.place === "inside") return;
    history.replaceState({ place: "door" }, "");
    history.pushState({ place: "inside" }, "");
  }, [code]);
  const shown = useRef({ tab, leaving }); // what the page shows now: an effect may come after the next press
  shown.current = { tab, leaving };
  useEffect(() => {
    const back = (): void => {
      if (history.state?.place !== "door") return;
      if (shown.current.leaving) {
        history.back();
        return;
      }
      const closed = closeTop();
      history.pushState({ place: "inside" }, "", `#/p/${code}/${closed ? shown.current.tab : "now"}`);
      setLeaving(!closed && shown.current.tab === "now");
    };
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, [code]);
  useEffect(() => {
    if (!leaving) return undefined;
    const timer = setTimeout(() => setLeaving(false), LEAVING_MS);
    return () => clearTimeout(timer);
  }, [leaving]);
  return leaving;
}

/** Return whether a page may keep the screen lit at all: a browser lets one only that came over https. */
export function mayKeepLit(): boolean {
  return window.isSecureContext && "wakeLock" in navigator;
}

/** Keep the screen lit, where a page may; taken again whenever the page is shown again. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let left = false;
    const take = (): void => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      navigator.wakeLock.request("screen").then(
        (found) => {
          if (left) void found.release();
          else lock = found;
        },
        () => undefined, // the battery is low, or the page may not
      );
    };
    take();
    document.addEventListener("visibilitychange", take);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", take);
      void lock?.release();
    };
  }, []);
}

/** Of two tabs of one browser with the same seat the newer one plays; the older knows before the server tells it. */
export function useTwin(room: Room): void {
  const seat = room.seat.value;
  const playing = seat > 0 && !room.ending.value;
  useEffect(() => {
    if (!playing || typeof BroadcastChannel !== "function") return undefined;
    const channel = new BroadcastChannel(`ms.seat.${room.code.peek()}`);
    channel.postMessage(seat);
    channel.onmessage = (message) => {
      if (message.data === seat) room.yieldSeat();
    };
    return () => channel.close();
  }, [seat, playing]);
}

const SWIPE_PX = 60;
const STRAY_PX = 40;

/** A sideways swipe changes the tab; the bar below does it too. */
export function useSwipe(code: string, tab: Tab): void {
  useEffect(() => {
    let from: Touch | undefined;
    const start = (event: TouchEvent): void => {
      from = event.touches.length === 1 ? event.touches[0] : undefined;
    };
    const end = (event: TouchEvent): void => {
      const to = event.changedTouches[0];
      if (!from || !to || document.querySelector("dialog[open]")) return;
      const across = (to.clientX - from.clientX) * (document.documentElement.dir === "rtl" ? -1 : 1);
      if (Math.abs(across) < SWIPE_PX || Math.abs(to.clientY - from.clientY) > STRAY_PX) return;
      const next = TABS[TABS.indexOf(tab) + (across < 0 ? 1 : -1)];
      if (next) go(`p/${code}/${next}`, true);
    };
    document.addEventListener("touchstart", start, { passive: true });
    document.addEventListener("touchend", end, { passive: true });
    return () => {
      document.removeEventListener("touchstart", start);
      document.removeEventListener("touchend", end);
    };
  }, [code, tab]);
}

interface Kept {
  moment: string;
  top: number;
}

/**
 * Scroll each tab to where it was, also after a reload; what another moment's page was scrolled to is no matter.
 * `filled` says that there is something to scroll in.
 */
export function useKeptScroll(code: string, tab: Tab, moment: string, filled: boolean): void {
  const now = useRef(moment);
  now.current = moment;
  useEffect(() => {
    if (!filled) return undefined;
    const name = `ms.scroll.${code}.${tab}`;
    const keep = (): void => session.write(name, { moment: now.current, top: Math.round(scrollY) } satisfies Kept);
    const kept = session.read<Kept>(name);
    const frame = requestAnimationFrame(() => scrollTo({ top: kept && kept.moment === now.current ? kept.top : 0 }));
    addEventListener("scrollend", keep);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scrollend", keep);
    };
  }, [code, tab, filled]);
}
