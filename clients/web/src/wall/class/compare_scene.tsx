// The wall of a class after the end: the figures that tell most, all tables of the latest game on one scale, and
// which table lies apart.
import { Strips, WhoIsNamed } from "../../parts/class/strips";
import { aboutClass } from "../../store/classes";
import { telling, useCompared } from "../../store/compared";
import { useRoom } from "../../store/context";
import { t } from "../../texts";
import { useAppearanceKeys, useWallAppearance } from "../appearance";
import { Mat } from "../mat";

const MOST = 8; // figures that a room reads from its last row

export function CompareScene() {
  const room = useRoom();
  useWallAppearance();
  useAppearanceKeys();
  const { compared, failure } = useCompared(room.code.value, undefined);
  const name = aboutClass(room.view)?.name;
  const game = compared?.game ? t("ui.class.game", { game: compared.game }) : undefined;
  return (
    <div class="wall class-wall">
      <Mat />
      <header class="class-wall-head board">
        <h1>{[name, t("ui.class.compare.title"), game].filter(Boolean).join(" · ")}</h1>
      </header>
      <main class="board class-wall-compare">
        {failure ? <p>{failure.message}</p> : null}
        {compared ? (
          <>
            <WhoIsNamed compared={compared} />
            <Strips compared={compared} figures={telling(compared, MOST)} />
            {compared.usual ? <p class="meta">{t("ui.class.compare.how")}</p> : null}
          </>
        ) : null}
      </main>
    </div>
  );
}
