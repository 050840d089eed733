// Which screen answers the phase's question for this role. What has no screen of its own gets the plain one.
import { useEffect } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { useModuleWords } from "../../parts/pictures/other_pieces";
import { Final } from "../../parts/results/standings";
import { useRoom } from "../../store/context";
import { useCameLate } from "../../store/kept/came_late";
import { t } from "../../texts";
import { wander } from "../around/replay_place";
import { RoleSheet } from "../lobby/lobby";
import { WhoIAm } from "../lobby/who_i_am";
import { Moments, useMomentOnTop } from "../moments/moments";
import { Underneath } from "../moments/underneath";
import { loadScreens, plainScreen, screensOf } from "../phases/screens";
import { MyQuestions } from "../question/my_questions";

export function Now() {
  const room = useRoom();
  const { phase = "", season, status } = room.game.value;
  const role = room.role.value;
  useModuleWords();
  useEffect(() => void loadScreens(role), [role]);
  const moment = useMomentOnTop();
  const [isLate, read] = useCameLate(room.code.value);
  if (status === "over") return <End />;
  if (role === "waiting") return <Newcomer />;
  if (isLate) return <WhoIAm onRead={read} />;
  const screens = screensOf(role);
  const Special = screens && (screens[phase] ?? plainScreen());
  if (!Special) return null;
  const name = `${season}.${phase}`;
  return (
    <>
      {moment ? <Moments key={moment.id} moment={moment} /> : null}
      <Underneath covered={moment !== undefined} name={name}>
        {/* a new phase is a new screen, with nothing half-chosen left in it */}
        <Special key={name} />
      </Underneath>
    </>
  );
}

/** What came of it, and the way back through it. */
function End() {
  const { code } = useRoom();
  return (
    <>
      <Final>
        <MyQuestions />
      </Final>
      <Button onClick={() => wander(code.value, 0)}>{t("ui.final.replay")}</Button>
    </>
  );
}

/** Who has come during play: dealt in at the next admission. */
function Newcomer() {
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{t("question.waiting")}</h1>
      <p>{t("ui.newcomer")}</p>
      <RoleSheet />
    </div>
  );
}
