// A page that is short for its letters: a phone on its side, or large letters. Then only the main button stays in view,
// and what stands around it scrolls with the rest. A style sheet cannot ask how many lines fit on the page.
import { useEffect } from "preact/hooks";

const LEAST_REM = 30; // a small phone upright has 40

/** Say on the page whether it is short, as long as it is shown. */
export function useShortPage(): void {
  useEffect(() => {
    const root = document.documentElement;
    const measure = (): void => {
      const rem = Number.parseFloat(getComputedStyle(root).fontSize) || 16;
      root.toggleAttribute("data-short", window.innerHeight < LEAST_REM * rem);
    };
    const watch = typeof ResizeObserver === "function" ? new ResizeObserver(measure) : undefined;
    watch?.observe(document.body); // larger letters make it higher
    window.addEventListener("resize", measure);
    measure();
    return () => {
      watch?.disconnect();
      window.removeEventListener("resize", measure);
      root.removeAttribute("data-short");
    };
  }, []);
}
