// What has just been asked for is brought into sight: on a small screen it would lie below the fold.
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Return a ref to an element that comes into sight whenever there is something new to be shown; nothing: it stays. */
export function useInSight(what: string): RefObject<HTMLDivElement | null> {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (what) shown.current?.scrollIntoView({ block: "center" });
  }, [what]);
  return shown;
}

/** Bring the first refusal on the page into sight once it is drawn: in the middle, where nothing lies over it. */
export function showRefusal(): void {
  requestAnimationFrame(() => document.querySelector(".now .complaint")?.scrollIntoView({ block: "center" }));
}
