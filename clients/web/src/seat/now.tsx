// Which screen answers the phase's question for this role. What has no screen of its own gets the plain one.
import type { FunctionComponent } from "preact";
import { useRoom } from "../store/context";
import { has, t } from "../texts";
import { Final } from "../debrief/final";
import { Lobby } from "./lobby";
import { Screen } from "./screen";

const SCREENS: { readonly [turn: string]: FunctionComponent } = {};

export function question(phase: string, role: string, step = ""): string {
  const key = `question.${phase}.${role}${step ? `.${step}` : ""}`;
  return has(key) ? t(key) : t("ui.question.plain");
}

export function Now() {
  const room = useRoom();
  const { phase = "", status } = room.game.value;
  const role = room.role.value;
  if (status === "lobby") return <Lobby />;
  if (status === "over") return <Final />;
  const Special = SCREENS[`${phase}.${role}`];
  // a new phase is a new screen, with nothing half-chosen left in it
  const key = `${room.game.value.season}.${phase}`;
  return Special ? <Special key={key} /> : <Plain key={key} />;
}

function Plain() {
  const room = useRoom();
  return <Screen question={question(room.game.value.phase ?? "", room.role.value)} handled={[]} />;
}
