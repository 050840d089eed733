// A what-if room beside its origin: what differed, then the same figures of both, a chart a step.
import { BesidePart } from "../../parts/results/beside/beside";
import { useRoom } from "../../store/context";
import type { SceneProps } from "./scene";

export function BesideScene({ step }: SceneProps) {
  const { code } = useRoom();
  return (
    <div class="scene">
      <BesidePart code={code.value} part={step} wall />
    </div>
  );
}
