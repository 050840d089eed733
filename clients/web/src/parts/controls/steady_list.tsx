// A list that others add to never moves under a finger or the focus: what is new waits behind a pill that says how
// many.
import { useEffect, useRef, useState } from "preact/hooks";
import { tn } from "../../texts";
import { say } from "../page/live_regions";
import { Button } from "./button";

export interface Steady {
  /** What is shown, in the order in which it came; who has gone stays until the list is asked for anew. */
  shown: readonly number[];
  /** How many wait to be shown. */
  fresh: number;
  show: () => void;
}

/**
 * Hold a list still. The first to come into an empty list is shown at once, unless somebody is about to press
 * something.
 */
export function useSteady(ids: readonly number[], kind: string): Steady {
  const [shown, setShown] = useState(ids);
  const known = useRef(new Set(ids));
  const pressing = usePressing();
  const added = ids.filter((id) => !shown.includes(id));
  useEffect(() => {
    const unheard = ids.filter((id) => !known.current.has(id));
    for (const id of unheard) known.current.add(id);
    if (unheard.length > 0) say(tn(`ui.new.${kind}`, added.length), kind);
    if (added.length > 0 && shown.length === 0 && !pressing.current && document.activeElement?.matches("body, h1"))
      setShown(ids);
  });
  return { shown, fresh: added.length, show: () => setShown(ids) };
}

export function Pill({ steady, kind }: { steady: Steady; kind: string }) {
  if (steady.fresh === 0) return null;
  return (
    <div class="pill">
      <Button look="ink" onClick={steady.show}>
        {tn(`ui.new.${kind}`, steady.fresh)}
      </Button>
    </div>
  );
}

function usePressing(): { current: boolean } {
  const pressing = useRef(false);
  useEffect(() => {
    const down = (): void => {
      pressing.current = true;
    };
    const up = (): void => {
      pressing.current = false;
    };
    document.addEventListener("pointerdown", down);
    document.addEventListener("pointerup", up);
    document.addEventListener("pointercancel", up);
    return () => {
      document.removeEventListener("pointerdown", down);
      document.removeEventListener("pointerup", up);
      document.removeEventListener("pointercancel", up);
    };
  }, []);
  return pressing;
}
