// "If time runs out: …": what the server does at the close for a seat as things stand.
import type { Args } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { defaultsOf } from "../../store/legal";
import { ideaName, spaceName } from "../../store/names";
import type { Room } from "../../store/room";
import { modulesOf, type Way, waysOf } from "../../store/rules";
import { remaining } from "../../store/time";
import { has, t } from "../../texts";
import { percent } from "../../texts/numbers";

export function DefaultLine() {
  const room = useRoom();
  const text = defaultText(room);
  return (
    <>
      {text ? <p class="default meta">{text}</p> : null}
      {remaining(room).paused ? <p class="meta">{t("ui.default.paused")}</p> : null}
    </>
  );
}

export function defaultText(room: Room): string {
  const { phase = "", status } = room.game.value;
  const role = room.role.value;
  if (status !== "running") return "";
  // nothing to sell: as for everybody
  const idle = phase === "market" && role === "maker" && !room.command("set_price");
  const plain = `default.${phase}.${idle ? "investor" : role}`;
  if (phase === "admission" && role === "maker") return ofAdmission(room, plain);
  if (phase === "matching" && (role === "maker" || role === "investor"))
    return ofMatching(room, role) || t("ui.default.as_chosen");
  if (phase === "appraisal" && role !== "operator" && !room.command("rate")) return ""; // nobody to rate
  const asks = ASKS[`${phase}.${role}`];
  if (asks && !asks.some((command) => room.command(command))) return ""; // all is done, or there was nothing to do
  if (chosen(room)) return t("ui.default.as_chosen");
  const exact = modulesOf(room.view, phase).map((module) => `${plain}.${module}`);
  const key = [...exact, plain].find(has);
  return key ? t(key) : "";
}

// by phase and role: the commands without which nothing is left that a default could do
const ASKS: { readonly [step: string]: readonly string[] | undefined } = {
  "exchange.maker": ["answer", "propose_exchange"],
  "exchange.investor": ["clinic"],
  "exchange.operator": ["introduce"],
  "matching.operator": ["grant"],
  "incubation.investor": ["deliver"],
};

/** Return whether the seat has chosen something itself and nothing of the default is left. */
function chosen(room: Room): boolean {
  const own = room.view.all("choice").some((choice) => choice.seat === room.seat.value && !choice.by_default);
  return own && Object.keys(defaultsOf(room.view.hand)).length === 0;
}

/** Return what happens in each way of matching in which this seat has a part and has not said it itself. */
function ofMatching(room: Room, role: "maker" | "investor"): string {
  const parts = waysOf(room).flatMap((way) => ofWay(room, way, way[role], `ui.default.${role}.${way.module}`));
  return parts.length > 0
    ? t("ui.default", { what: parts.reduce((one, other) => t("ui.default.both", { one, other })) })
    : "";
}

function ofWay(room: Room, { module }: Way, command: string, key: string): string[] {
  const said = room.view
    .all("choice")
    .some((choice) => choice.seat === room.seat.value && choice.command === command && !choice.by_default);
  const args = defaultsOf(room.view.hand)[command];
  if (said || !(room.command(command) || args || module === "negotiation")) return [];
  const idle = `${key}.none`;
  return [
    has(idle) && !does(args)
      ? t(idle)
      : t(key, { share: percent(Number(args?.["shares"] ?? 0)), credits: Number(args?.["credits"] ?? 0) }),
  ];
}

/** Return whether a default does anything: it is there, and neither an empty list nor no package. */
function does(args: Args | undefined): boolean {
  const [first] = Object.values(args ?? {});
  return args !== undefined && args["packages"] !== 0 && !(Array.isArray(first) && first.length === 0);
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
