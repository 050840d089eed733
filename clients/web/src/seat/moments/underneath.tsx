// What cards lie on: the question stands below them, so that whoever is in a hurry answers at once. The first control
// that is used there lays all cards away, and what was used stays under the finger.
import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { hasAnswered } from "../../parts/controls/focus";
import { useRoom } from "../../store/context";
import { ownStory } from "./own_story";

/** Whether cards lie on the question: then it has no main button, since theirs is in its place. */
export const UnderCards = createContext(false);

const CONTROLS = "button, input, select, textarea";
const AFTER_MS = 60; // the card is drawn first

interface UnderneathProps {
  /** Whether cards lie here. */
  covered: boolean;
  /** Another question has another name. */
  name: string;
  children: ComponentChildren;
}

export function Underneath({ covered, name, children }: UnderneathProps) {
  const story = ownStory(useRoom());
  const used = useRef<{ control: Element; top: number }>(undefined);
  const isDrawn = useDrawn(covered, name);
  useLayoutEffect(() => {
    const { control, top } = used.current ?? {};
    used.current = undefined;
    if (!covered && control?.isConnected) window.scrollBy(0, control.getBoundingClientRect().top - (top ?? 0));
  }, [covered]);
  const use = ({ target }: Event): void => {
    const control = target instanceof Element ? target.closest(CONTROLS) : null;
    if (!covered || !control || control.closest("dialog")) return;
    used.current = { control, top: control.getBoundingClientRect().top };
    hasAnswered();
    story.skip();
  };
  return (
    <UnderCards.Provider value={covered}>
      {isDrawn ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: keys end as clicks, too
        <div class="underneath" data-covered={covered || undefined} onClick={use} onInput={use}>
          {children}
        </div>
      ) : null}
    </UnderCards.Provider>
  );
}

/** Return whether a question is drawn: at once where nothing lies on it, else when its card has been. */
function useDrawn(covered: boolean, name: string): boolean {
  const [drawn, setDrawn] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setDrawn(name), covered ? AFTER_MS : 0);
    return () => clearTimeout(timer);
  }, [covered, name]);
  return !covered || drawn === name;
}
