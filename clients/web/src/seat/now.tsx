// Which screen answers the phase's question for this role. What has no screen of its own gets the plain one.
import { useEffect } from "preact/hooks";
import { Final } from "../debrief/final";
import { Things, useModuleWords } from "../parts/things";
import { useRoom } from "../store/context";
import { Lobby } from "./lobby";
import { question } from "./now_texts";
import { Screen } from "./screen";
import { loadScreens, screensOf } from "./screens";

export function Now() {
  const room = useRoom();
  const { phase = "", season, status } = room.game.value;
  const role = room.role.value;
  useModuleWords();
  useEffect(() => void loadScreens(role), [role]);
  if (status === "lobby") return <Lobby />;
  if (status === "over") return <Final />;
  const screens = screensOf(role);
  if (!screens) return null;
  const Special = screens[phase] ?? Plain;
  // a new phase is a new screen, with nothing half-chosen left in it
  return <Special key={`${season}.${phase}`} />;
}

function Plain() {
  const room = useRoom();
  return (
    <Screen question={question(room.game.value.phase ?? "", room.role.value)} handled={[]}>
      <Things />
    </Screen>
  );
}
