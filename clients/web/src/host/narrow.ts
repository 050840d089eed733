// Whether the console stands on a page of a phone's width: then it is in the order of a teacher who walks.
import { useEffect, useState } from "preact/hooks";

const NARROW = "(max-width: 900px)"; // as host.css has it

export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const media = matchMedia(NARROW);
    const look = (): void => setNarrow(media.matches);
    media.addEventListener("change", look);
    return () => media.removeEventListener("change", look);
  }, []);
  return isNarrow;
}
