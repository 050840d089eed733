// "If time runs out: …": what the server does at the close for a seat as things stand.
import { useRoom } from "../store/context";
import { defaultsOf } from "../store/legal";
import type { Room } from "../store/room";
import { has, t } from "../texts";
import { ideaName, spaceName } from "../texts/names";

export function DefaultLine() {
  const text = defaultText(useRoom());
  return text ? <p class="default meta">{text}</p> : null;
}

export function defaultText(room: Room): string {
  const { phase, status } = room.game.value;
  if (status !== "running") return "";
  const plain = `default.${phase}.${room.role.value}`;
  if (phase === "admission" && room.role.value === "maker") return ofAdmission(room, plain);
  if (chosen(room)) return t("ui.default.as_chosen");
  return has(plain) ? t(plain) : "";
}

/** Return whether the seat has chosen something itself and nothing of the default is left. */
function chosen(room: Room): boolean {
  const own = room.view.all("choice").some((choice) => choice.seat === room.seat.value && !choice.by_default);
  return own && Object.keys(defaultsOf(room.view.hand)).length === 0;
}

function ofAdmission(room: Room, plain: string): string {
  const defaults = defaultsOf(room.view.hand);
  const own = (command: string) => room.view.find("choice", `${room.seat.value}:${command}:`)?.args;
  const card = Number((own("keep_idea") ?? defaults["keep_idea"])?.["card"] ?? 0);
  const idea = room.view.all("idea").find((each) => each.number === card);
  if (!idea) return t(own("pitch") ? "ui.default.as_chosen" : `${plain}.stay`);
  const space = (own("pitch") ?? defaults["pitch"])?.["space"] ?? "garage";
  if (!Number(space)) return t(`${plain}.garage`, { idea: ideaName(idea.card) });
  return t(plain, { idea: ideaName(idea.card), space: spaceName(room.view, Number(space)) });
}
