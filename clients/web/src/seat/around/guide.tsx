// The first season is guided: one line above the question points at one control, and goes when that is used.
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Sym } from "../../parts/pictures/sprite";
import { session } from "../../storage";
import { useRoom } from "../../store/context";
import { seasonInRun } from "../../store/run";
import { has, t } from "../../texts";

/** What the line of a phase points at, the first that there is. */
const CONTROLS: { readonly [phase: string]: string } = {
  "policy.operator": ".presets",
  "incubation.operator": ".button.main",
  admission: "button.card",
  exchange: ".card .button.ink, button.card, section.options .button",
  matching: ".card .button.ink, .rank-line .button, .stepper .button:last-child",
  incubation: ".stepper .button:not(:disabled)",
  market: "button.card",
  appraisal: ".card .options, button.card",
};
const MAIN = ".button.main";

interface Known {
  skipped?: boolean;
  used?: readonly string[];
}

/** The line is silent while the game is paused: there is nothing to use. */
export function Guide({ step, paused }: { step: string; paused: boolean }) {
  const room = useRoom();
  const name = `ms.guide.${room.code.value}`;
  const [known, setKnown] = useState<Known>(() => session.read<Known>(name) ?? {});
  const { phase = "", season = 0 } = room.game.value;
  const key = guideKey(phase, room.role.value, step);
  const isShown =
    !paused && key !== "" && seasonInRun(room.view, season) === 1 && !known.skipped && !known.used?.includes(key);
  const change = (now: Known): void => {
    session.write(name, now);
    setKnown(now);
  };
  const control = useControl(isShown ? (CONTROLS[`${phase}.${room.role.value}`] ?? CONTROLS[phase] ?? MAIN) : "", () =>
    change({ ...known, used: [...(known.used ?? []), key] }),
  );
  if (!isShown) return null;
  return (
    <div class="coach">
      <p>
        <Sym name="down" size={18} /> {t(control ? key : "guide.nothing")}
      </p>
      <Button look="quiet" onClick={() => change({ skipped: true })}>
        {t("guide.skip")}
      </Button>
    </div>
  );
}

function guideKey(phase: string, role: string, step: string): string {
  const plain = `guide.${phase}.${role}`;
  return [`${plain}.${step}`, plain].find(has) ?? "";
}

/**
 * Mark the control that is pointed at, and hear when it is used, or the phase is done without it; whether it is there.
 */
function useControl(selector: string, onUse: () => void): boolean {
  const [found, setFound] = useState(true);
  const latest = useRef(onUse);
  latest.current = onUse;
  useEffect(() => {
    if (!selector) return undefined;
    let marked: Element | null = null;
    const mark = (): void => {
      const now = document.querySelector(`.now :is(${selector})`);
      setFound(now !== null);
      const next = now ?? document.querySelector(MAIN);
      if (next === marked) return;
      marked?.removeAttribute("data-coached");
      next?.setAttribute("data-coached", "");
      marked = next;
    };
    const use = (event: Event): void => {
      if (event.target instanceof Element && event.target.closest(`[data-coached], ${MAIN}, .now :is(${selector})`))
        latest.current();
    };
    const watch = new MutationObserver(mark);
    const main = document.querySelector("main");
    if (main) watch.observe(main, { childList: true, subtree: true });
    mark();
    document.addEventListener("click", use);
    return () => {
      watch.disconnect();
      marked?.removeAttribute("data-coached");
      document.removeEventListener("click", use);
    };
  }, [selector]);
  return found;
}
