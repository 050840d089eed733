// The scenes that a host reveals, by name.
import type { FunctionComponent } from "preact";
import { PodiumScene } from "../end/podium";
import { TogetherScene } from "../end/together";
import { BesideScene } from "./beside_scene";
import { CurvesScene, EnergyScene, MoneyScene, NetworkScene, SurvivalScene } from "./chart_scenes";
import { DiceScene } from "./dice_scene";
import { AimsScene, MomentsScene, ProofScene, RunsScene, WhyScene } from "./end_scenes";
import { IndicesScene, LeadersScene } from "./index_scenes";
import { ReplayScene } from "./replay_scene";
import type { SceneProps } from "./scene";
import { DealsScene, EntriesScene, ExitsScene, TiesScene, WorldScene } from "./season_scenes";

export const SCENES: { readonly [scene: string]: FunctionComponent<SceneProps> } = {
  world: WorldScene,
  entries: EntriesScene,
  ties: TiesScene,
  deals: DealsScene,
  dice: DiceScene,
  energy: EnergyScene,
  exits: ExitsScene,
  indices: IndicesScene,
  leaders: LeadersScene,
  ranking: PodiumScene,
  together: TogetherScene,
  runs: RunsScene,
  money: MoneyScene,
  curves: CurvesScene,
  survival: SurvivalScene,
  network: NetworkScene,
  moments: MomentsScene,
  why: WhyScene,
  aims: AimsScene,
  proof: ProofScene,
  beside: BesideScene,
  replay: ReplayScene,
};
