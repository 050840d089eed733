// Which screen answers the phase's question for this role. What has no screen of its own gets the plain one.
import { useEffect } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Things, useModuleWords } from "../../parts/pictures/other_pieces";
import { Final } from "../../parts/results/standings";
import { useRoom } from "../../store/context";
import { useCameLate } from "../../store/kept/came_late";
import { t } from "../../texts";
import { wander } from "../around/replay_place";
import { RoleSheet } from "../lobby/lobby";
import { WhoIAm } from "../lobby/who_i_am";
import { Moments, useMomentOnTop } from "../moments/moments";
import { Underneath } from "../moments/underneath";
import { loadScreens, screensOf } from "../phases/screens";
import { MyQuestions } from "../question/my_questions";
import { question } from "../question/question_texts";
import { Screen } from "../question/screen";

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
  if (!screens) return null;
  const Special = screens[phase] ?? Plain;
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

function Plain() {
  const room = useRoom();
  return (
    <Screen question={question(room.game.value.phase ?? "", room.role.value)} handled={[]}>
      <Things />
    </Screen>
  );
}
