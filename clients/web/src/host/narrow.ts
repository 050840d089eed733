// How large the console's page is: on one of a phone's width it is in the order of a teacher who walks.
import { useEffect, useState } from "preact/hooks";

const NARROW = "(max-width: 900px)"; // as host.css has it

export function useNarrow(): boolean {
  return useMedia(NARROW);
}

/** Return whether the page is as a media query says, now and whenever that changes. */
export function useMedia(query: string): boolean {
  const [fits, setFits] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const look = (): void => setFits(media.matches);
    media.addEventListener("change", look);
    return () => media.removeEventListener("change", look);
  }, [query]);
  return fits;
}
