// A list that others add to never moves under a finger or the focus: what is new waits behind a pill that says how
// many.
import { useEffect, useRef, useState } from "preact/hooks";
import { t, tn } from "../../texts";
import { say } from "../page/live_regions";
import { Button } from "./button";

export interface Steady {
  /** What is shown, in the order in which it came; who has gone stays until the list is asked for anew. */
  shown: readonly number[];
  /** How many wait to be shown. */
  fresh: number;
  /** Which they are. */
  waiting: readonly number[];
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
  return { shown, fresh: added.length, waiting: added, show: () => setShown(ids) };
}

/** The pill that shows what waits; where a person is among those who wait, `from` is the name. */
export function Pill({ steady, kind, from }: { steady: Steady; kind: string; from?: string | undefined }) {
  if (steady.fresh === 0) return null;
  const text = tn(`ui.new.${kind}`, steady.fresh);
  return (
    <div class="pill">
      <Button look="ink" onClick={steady.show}>
        {from === undefined ? text : t("ui.new.from", { name: from, what: text })}
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
