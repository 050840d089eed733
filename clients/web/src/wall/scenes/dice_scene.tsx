// The dice: the ventures that went furthest or came nearest roll one after the other by themselves, each with its name
// large, and what was added laid end to end against what was needed. The host's next press shows who moved up. A phone
// names the draw of a roll, and at the end the proof works all of them out again.
import { useEffect, useState } from "preact/hooks";
import { rolledOf } from "../../parts/results/scenes";
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import { stageName } from "../../store/names";
import { t } from "../../texts";
import { Roll } from "./roll";
import { Scene, type SceneProps } from "./scene";
import { StillGoing, VentureCards } from "./season_scenes";
import "./dice.css";

const RISEN_NAMED = 8;
/** How many are seen to roll. */
export const SEEN = 8;
/** How long each roll stands on the wall. */
export const EACH_MS = 5000;

export function DiceScene({ step }: SceneProps) {
  const { view } = useRoom();
  const rolled = rolledOf(view);
  const seen = seenOf(rolled);
  const at = useTurn(seen.length);
  const venture = seen[at];
  if (rolled.length > 0 && step === 0 && venture) return <Roll key={venture.id} venture={venture} />;
  return <Risen rolled={rolled} />;
}

/** Return which rolls are seen: the furthest stages and the nearest misses, the greatest of them last. */
export function seenOf(rolled: readonly Venture[]): Venture[] {
  const missed = ({ roll: { needed = 0, ...points } }: Venture): number =>
    needed - Object.values(points).reduce((sum, each) => sum + each, 0);
  const before = ({ stage, moved_up }: Venture): number => stage - Number(moved_up);
  return [...rolled]
    .sort((one, other) => before(other) - before(one) || Math.abs(missed(one)) - Math.abs(missed(other)))
    .slice(0, SEEN)
    .reverse();
}

/** Return whose turn it is: one after the other from the first on; the last one stays. */
function useTurn(rolls: number): number {
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (at >= rolls - 1) return undefined;
    const timer = setTimeout(() => setAt(at + 1), EACH_MS);
    return () => clearTimeout(timer);
  }, [at, rolls]);
  return at;
}

function Risen({ rolled }: { rolled: readonly Venture[] }) {
  const rose = rolled.filter((venture) => venture.moved_up);
  const title = rolled.length
    ? t("ui.wall.scene.dice.rose", { n: rose.length, all: rolled.length })
    : t("ui.wall.scene.dice.none");
  return (
    <Scene title={title}>
      {rolled.length === 0 ? <StillGoing /> : null}
      <VentureCards ventures={rose} note={(venture) => stageName(venture.stage)} most={RISEN_NAMED} />
    </Scene>
  );
}
