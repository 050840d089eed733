// What a card may ask of the screen that it lies on: to let the one button do something first.
import { createContext } from "preact";
import { useContext, useEffect } from "preact/hooks";

export interface Deed {
  label: string;
  run: () => void;
}

export interface Stage {
  /** Let the button do this instead of going on; nothing: go on. */
  hold(deed: Deed | undefined): void;
}

export const StageContext = createContext<Stage | undefined>(undefined);

/** Hold the button while there is something to do; return whether there is a screen that has one. */
export function useHold(deed: Deed | undefined): void {
  const stage = useContext(StageContext);
  useEffect(() => {
    stage?.hold(deed);
    return () => stage?.hold(undefined);
  }, [deed?.label]);
}

export function useIsLive(): boolean {
  return useContext(StageContext) !== undefined;
}
