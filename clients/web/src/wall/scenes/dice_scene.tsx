// The dice: two ventures at a time are seen to roll, with what was added, what was needed, and the name of the draw, by
// which anybody can work it out again once the seed is open.
import { useEffect, useState } from "preact/hooks";
import { Die } from "../../parts/pictures/dice";
import { A_STEP, rolledOf, shownAt, stepsOf } from "../../parts/results/scenes";
import { isStill } from "../../prefs";
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import { stageName, ventureName } from "../../store/names";
import { t, tn } from "../../texts";
import { drawName } from "./draws";
import { Revealed, Scene, type SceneProps } from "./scene";
import { StillGoing, VentureCards } from "./season_scenes";

const IN_VIEW = 6;
const RISEN_NAMED = 8;

export function DiceScene({ step }: SceneProps) {
  const { view } = useRoom();
  const rolled = rolledOf(view);
  const steps = stepsOf(view, "dice");
  const isLast = step >= steps - 1;
  const fallen = shownAt(Math.min(step, steps - 2), rolled.length, A_STEP.dice);
  const shown = rolled.slice(Math.max(0, fallen - IN_VIEW), fallen);
  const newest = shown.length - (shown.length % A_STEP.dice || A_STEP.dice);
  const rose = rolled.filter((venture) => venture.moved_up);
  const title =
    rolled.length === 0
      ? t("ui.wall.scene.dice.none")
      : isLast
        ? t("ui.wall.scene.dice.rose", { n: rose.length, all: rolled.length })
        : tn("ui.wall.scene.dice.title", rolled.length);
  return (
    <Scene title={title}>
      {rolled.length === 0 ? <StillGoing /> : null}
      {isLast && rolled.length > 0 ? (
        <VentureCards
          ventures={rose.slice(0, RISEN_NAMED)}
          note={(venture) => stageName(venture.stage)}
          more={rose.length - RISEN_NAMED}
        />
      ) : null}
      <ul class="rolls" hidden={isLast}>
        {shown.map((venture, index) => (
          <Revealed key={venture.id} on as="li">
            <Roll venture={venture} rolling={index >= newest} />
          </Revealed>
        ))}
      </ul>
      {isLast && rolled.length > fallen ? <p>{tn("ui.wall.more_rolls", rolled.length - fallen)}</p> : null}
    </Scene>
  );
}

function Roll({ venture, rolling }: { venture: Venture; rolling: boolean }) {
  const { view } = useRoom();
  const { needed = 0, dice = 0, ...more } = venture.roll;
  const added = Object.values(more).reduce((sum, points) => sum + points, 0);
  return (
    <>
      <b class="roll-name">{ventureName(view, venture.id)}</b>
      <span class="draw">{t("ui.wall.draw", { name: drawName(view, venture.id) })}</span>
      <span class="roll-result">
        <span class="dice">
          {venture.dice.map((face, index) => (
            <RollingDie key={index} face={face} rolling={rolling} />
          ))}
        </span>
        <span class={rolling ? "roll-sum after-roll" : "roll-sum"}>
          <span class="mono">
            +{added} = <b>{dice + added}</b> / {needed}
          </span>
          <b class={venture.moved_up ? "good" : ""}>
            {venture.moved_up ? t("ui.roll.yes", { stage: stageName(venture.stage) }) : t("ui.roll.not_yet")}
          </b>
        </span>
      </span>
    </>
  );
}

const CHANGES_MS = [60, 80, 110, 150, 200, 300]; // six faces, slowing, then still: 900 ms

function RollingDie({ face, rolling }: { face: number; rolling: boolean }) {
  const [shown, setShown] = useState(rolling && !isStill() ? 0 : face);
  useEffect(() => {
    if (shown === face && !rolling) return undefined;
    if (!rolling || isStill()) {
      setShown(face);
      return undefined;
    }
    const timers = CHANGES_MS.map((_, change) => {
      const at = CHANGES_MS.slice(0, change + 1).reduce((sum, each) => sum + each, 0);
      const last = change === CHANGES_MS.length - 1;
      return setTimeout(() => setShown(last ? face : ((face + change) % 6) + 1), at);
    });
    return () => timers.forEach(clearTimeout);
  }, [face, rolling]);
  return (
    <span class="rolling" role="img" aria-label={String(face)}>
      <span aria-hidden="true">
        <Die face={shown} />
      </span>
    </span>
  );
}
