// The scenes that are a chart: the season's money, and the debrief's.

import { Later } from "../../parts/results/chart_loader";
import { groupsOf } from "../../parts/results/curve_groups";
import { useRoom } from "../../store/context";
import type { SceneProps } from "./scene";

export function EnergyScene() {
  const season = useRoom().game.value.season ?? 1;
  return (
    <div class="scene">
      <Later chart="MoneyChart" season={season} wall />
    </div>
  );
}

/** The whole game's money, a season a step, all on one scale. */
export function MoneyScene({ step }: SceneProps) {
  const first = useRoom().view.single("run").first_season ?? 1;
  return (
    <div class="scene">
      <Later chart="MoneyChart" season={first + step} wall />
    </div>
  );
}

export function CurvesScene({ step }: SceneProps) {
  const groups = groupsOf(useRoom().view);
  return (
    <div class="scene">
      <Later chart="CurvesChart" group={groups[step] ?? "credits"} wall />
    </div>
  );
}

export function SurvivalScene() {
  return (
    <div class="scene">
      <Later chart="SurvivalChart" wall />
    </div>
  );
}

export function NetworkScene({ step }: SceneProps) {
  const first = useRoom().view.single("run").first_season ?? 1;
  return (
    <div class="scene">
      <Later chart="NetworkChart" season={first + step} wall />
    </div>
  );
}
