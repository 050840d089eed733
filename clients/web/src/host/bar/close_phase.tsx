// Closing the phase and showing what it has brought: one press, on the only yellow button of the page. It asks once
// where many would be cut off, and always when it is done by a key.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { MainButton } from "../../parts/controls/button";
import { Confirm } from "../../parts/controls/sheet";
import { lastByHost } from "../../parts/results/last_season";
import { nobodyChooses } from "../../parts/results/nobody_chooses";
import type { At, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { stillChoosing } from "../../store/presence";
import type { Room } from "../../store/room";
import { isLost, remaining } from "../../store/time";
import { untilSeen } from "../../store/until_seen";
import { t, tn } from "../../texts";
import { closeText, followingOf, inSentence, sceneToTell } from "../phases";
import { useSelection } from "../selection";
import { showNow } from "./show_now";

const MANY = 0.25; // of the seats: then closing asks
const GONE_ON = "not_your_phase";

/** Return the command that closes the phase: the end, in the recap of a season that the host has made the last. */
function closes(room: Room): string | undefined {
  if (room.command("host.advance")) return "host.advance";
  return lastByHost(room) && room.command("host.end") ? "host.end" : undefined;
}

interface Closed {
  failure?: Failure | undefined;
  /** Resolves when the next phase is there and what this one has brought is shown. */
  told: Promise<Failure | undefined>;
}

/**
 * Close the phase, and have its scene shown once the next one is there. A pause ends with its phase. One that has
 * closed by itself just before is closed, as was wanted.
 */
async function closePhase(room: Room, at?: At): Promise<Closed> {
  const { season, phase } = room.game.peek();
  const wasPaused = remaining(room).paused;
  const { error } = await room.send(closes(room) ?? "host.advance", {}, at);
  if (!error && wasPaused) await room.send("host.resume");
  const isNext = (): boolean => {
    const { game } = room;
    return game.value.phase !== phase || game.value.season !== season || game.value.status !== "running";
  };
  const tell = async (): Promise<Failure | undefined> => {
    await untilSeen(isNext);
    const scene = isNext() ? sceneToTell(room) : undefined;
    return scene ? showNow(room, { scene, step: 0, curtain: false }) : undefined;
  };
  return error && error.code !== GONE_ON ? { failure: error, told: Promise.resolve(error) } : { told: tell() };
}

/** Return how many seats a close would cut off. */
function cutOff(room: Room): number {
  return nobodyChooses(room) ? 0 : stillChoosing(room.view).length;
}

export function CloseButton() {
  const room = useRoom();
  const selection = useSelection();
  const [refused, setRefused] = useState<{ in: string; failure: Failure | undefined }>();
  const close = async (): Promise<void> => {
    if (cutOff(room) > MANY * room.view.all("seat").length) return selection.open("close");
    const failure = await (await closePhase(room)).told;
    setRefused({ in: phaseOf(room), failure });
  };
  const failure = refused?.in === phaseOf(room) ? refused.failure : undefined; // it goes with its phase
  return (
    <div class="close-phase">
      <MainButton label={closeText(room)} disabled={isLost(room) || closes(room) === undefined} onClick={close} />
      <Complaint failure={failure} />
    </div>
  );
}

function phaseOf(room: Room): string {
  const { season, phase } = room.game.value;
  return `${season} ${phase}`;
}

/** Whose default closing would use, and which phase comes then. */
export function WhatClosingDoes() {
  const room = useRoom();
  const waiting = cutOff(room);
  const { phase } = followingOf(room);
  return (
    <span class="meta">
      {waiting > 0 ? <span>{tn("ui.host.default", waiting)}</span> : null}{" "}
      {phase ? <span>{t("ui.host.then", { phase: inSentence(t(`phase.${phase}`)) })}</span> : null}
    </span>
  );
}

function whatItDoes(room: Room): string {
  if (nobodyChooses(room)) return t("ui.host.choosing.nobody");
  const waiting = cutOff(room);
  return waiting > 0 ? tn("ui.host.close.text", waiting) : t("ui.host.choosing.none");
}

/** Ask whether to close the phase that was open when the question was asked; once it is over, the question is too. */
export function CloseSheet() {
  const room = useRoom();
  const selection = useSelection();
  const { status, season = 0, phase = "" } = room.game.value;
  const [at] = useState<At>({ season, phase });
  const [failure, setFailure] = useState<Failure>();
  if (status !== "running" || at.season !== season || at.phase !== phase) return null;
  const close = async (): Promise<boolean> => {
    const { failure: refused } = await closePhase(room, at);
    setFailure(refused);
    return !refused; // the question goes at once, the scene follows
  };
  return (
    <Confirm
      title={t("ui.host.advance.title", { phase: t(`phase.${phase}`) })}
      text={whatItDoes(room)}
      act={t("ui.host.advance")}
      onClose={() => selection.close()}
      onAct={close}
    >
      <Complaint failure={failure} />
    </Confirm>
  );
}
