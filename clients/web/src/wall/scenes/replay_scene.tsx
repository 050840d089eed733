// The table as it stood when a phase closed: the picture of that phase, under a line that says when it was.
import { placeText } from "../../parts/results/replay/replay_bar";
import { usePast, useStops } from "../../parts/results/replay/replay_data";
import { RoomContext } from "../../store/context";
import { t } from "../../texts";
import { Play } from "../play";
import type { SceneProps } from "./scene";

export function ReplayScene({ step }: SceneProps) {
  useStops();
  const { past, failure } = usePast(step);
  if (failure && !past) return <p class="board">{failure.message}</p>;
  if (!past) return <p class="board">{t("ui.opening")}</p>;
  return (
    <div class="wall-replay">
      <h2 class="board must">{placeText(past.room.view, past)}</h2>
      <RoomContext.Provider value={past.room}>
        <Play key={past.step} />
      </RoomContext.Provider>
    </div>
  );
}
