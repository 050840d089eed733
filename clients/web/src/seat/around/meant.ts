// What a press on the phone is meant for: the phase that was on the page when it began, and what stood there then.
import { effect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { guardTaps, SETTLE_MS } from "../../parts/controls/tap_guard";
import type { Room } from "../../store/room";

/** Have no press count for a phase that was not yet, or hardly, on the page; and each command say what was seen. */
export function useMeant(room: Room): void {
  const moment = momentOf(room);
  const settling = useRef<Settling>(undefined);
  settling.current ??= new Settling();
  useLayoutEffect(() => settling.current?.show(moment), [moment]); // it is drawn now, which may have taken a while
  useEffect(() => {
    const unfollow = effect(() => settling.current?.show(momentOf(room), true));
    const unguard = guardTaps(document, {
      changedAt: () => settling.current?.since ?? Number.NEGATIVE_INFINITY,
      began: () => room.look(),
      counts: () => room.actOnSight(),
    });
    return () => {
      unfollow();
      unguard();
      settling.current?.end();
    };
  }, [room]);
}

function momentOf(room: Room): string {
  const { status, season, phase } = room.game.value;
  return status === undefined ? "" : `${status} ${season} ${phase}`;
}

/** The time right after a change of phase; the page says that it is now, and takes no pointer meanwhile. */
class Settling {
  since = Number.NEGATIVE_INFINITY;
  private known = "";
  private drawn = "";
  private ending: ReturnType<typeof setTimeout> | undefined;

  show(moment: string, isKnown = false): void {
    const before = isKnown ? this.known : this.drawn;
    if (isKnown) this.known = moment;
    else this.drawn = moment;
    if (before === "" || before === moment) return; // what a page opens with was asked for by nobody's tap
    this.since = performance.now();
    document.documentElement.dataset["settling"] = "";
    clearTimeout(this.ending);
    this.ending = setTimeout(() => this.end(), SETTLE_MS);
  }

  end(): void {
    clearTimeout(this.ending);
    delete document.documentElement.dataset["settling"];
  }
}
