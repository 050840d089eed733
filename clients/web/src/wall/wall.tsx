// The wall: code and QR until all are in, then the room as a living picture, or what the host reveals. It shows
// the table alone, so it can't show a secret; and nothing on it goes on by itself but the picture within a phase.
import { useEffect, useState } from "preact/hooks";
import { onWall } from "../parts/answers/answers";
import { useKeys } from "../parts/controls/keys";
import { Opening } from "../parts/page/unreachable";
import { useModuleWords } from "../parts/pictures/other_pieces";
import { Sym } from "../parts/pictures/sprite";
import { waitedFor } from "../parts/results/nobody_chooses";
import {
  GAME,
  isRankingKept,
  isSealed,
  isWholeAtEnd,
  REPLAY,
  SLIDES,
  shownOf,
  stepsOf,
  WAY_IN,
  waitsForHost,
} from "../parts/results/scenes";
import { openingNow } from "../parts/slides/opening_time";
import { aboutClass } from "../store/classes";
import { useRoom } from "../store/context";
import { codeOf } from "../store/join_address";
import { isLost } from "../store/time";
import type { View } from "../store/view";
import { has, t, tn, type Values } from "../texts";
import { AnswersScene } from "./answers_scene";
import { useAppearanceKeys, useWallAppearance } from "./appearance";
import type { ClassWall } from "./class/class_wall";
import { BeforePodium } from "./end/before_podium";
import { AllRoles } from "./end/podium";
import { Head } from "./head";
import { Lobby } from "./lobby";
import { Mat } from "./mat";
import { OpeningScene } from "./opening";
import { Play } from "./play";
import { RunsScene } from "./scenes/end_scenes";
import { SCENES } from "./scenes/reveal";
import { SlidesScene } from "./slides";
import { useSounds } from "./sound/use_sounds";
import { Strip } from "./strip";
import { TakeoverScene } from "./takeovers/takeover";
import { useTakeovers } from "./takeovers/use_takeovers";
import { Talk } from "./talk";
import "../styles/typeface.css";
import "../styles/wall_tokens.css";
import "../parts/pictures/things/things.css";
import "./wall.css";
import "./strip.css";
import "./lobby.css";
import "./talk.css";
import "./phases/phases.css";
import "./end/end.css";
import "./end/ranks.css";
import "./end/before_podium.css";
import "./end/together.css";
import "./street/street.css";
import "./scenes/scenes.css";
import "./scenes/lists.css";
import "./scenes/numbers.css";

export function WallPage() {
  const { view } = useRoom();
  return aboutClass(view) ? <OfClass /> : <WallOfRoom />;
}

/** The wall of a class comes when it is one. */
function OfClass() {
  const [Loaded, setLoaded] = useState<typeof ClassWall>();
  useEffect(() => void import("./class/class_wall").then((chunk) => setLoaded(() => chunk.ClassWall)), []);
  return Loaded ? <Loaded wall={WallOfRoom} /> : null;
}

function WallOfRoom() {
  const room = useRoom();
  useWallAppearance();
  useAppearanceKeys();
  useModuleWords();
  const [wayIn, setWayIn] = useState(false);
  const { shown, skip } = useTakeovers();
  useSounds(shown);
  useKeys({ Q: () => setWayIn(!wayIn), ESCAPE: skip, " ": skip });
  if (room.ending.value) return <p class="wall-note">{sentenceOf(room.ending.value)}</p>;
  if (!room.you.value) return <ToOpen />;
  const { curtain, scene, talk } = shownOf(room.view);
  const { status } = room.game.value;
  const isAnswered = onWall(room.view) !== undefined;
  const isPlay = status === "running" && scene === GAME && !curtain && !wayIn && !isAnswered;
  const isTaken = shown && isPlay && !talk;
  const isWayIn = !curtain && (wayIn || scene === WAY_IN || status === "lobby");
  return (
    <div class="wall">
      <Mat />
      <Head />
      {curtain ? (
        <Curtain />
      ) : (
        <main
          class={isTaken ? "wall-main under" : "wall-main"}
          data-scene={scene}
          aria-hidden={isTaken ? "true" : undefined}
        >
          {wayIn ? <Lobby /> : <Shown />}
        </main>
      )}
      {isTaken ? <TakeoverScene key={shown.kind} takeover={shown} onSkip={skip} /> : null}
      {isPlay ? <Strip /> : <Foot isWayIn={isWayIn} wayIn={wayIn} />}
    </div>
  );
}

/** Before the room is there: a sentence, or what stands in the way, for the last row too. */
function ToOpen() {
  return (
    <div class="wall-note">
      <Opening />
    </div>
  );
}

function sentenceOf({ code, message }: { code: string; message: string }): string {
  const key = `ui.ended.${code}`;
  return has(key) ? t(key) : message;
}

/** What is on the wall now; a scene that there is none of any more gives way to the game. */
function Shown() {
  const room = useRoom();
  const { view, game } = room;
  const { scene, step, talk } = shownOf(view);
  const { status } = game.value;
  const answers = onWall(view);
  const broken = view.pieces("room")["broken"] as Values | undefined;
  if (broken && view.pieces("clock")["paused"]) return <Broken by={broken} />;
  if (answers) return <AnswersScene answers={answers} />;
  if (talk) return <Talk about={talk} />;
  const opening = openingNow(room);
  if (opening) return <OpeningScene now={opening} />;
  if (scene === SLIDES) return <SlidesScene step={step} />;
  if (status === "lobby" || scene === WAY_IN) return <Lobby />;
  const Scene = scene === GAME ? undefined : SCENES[scene];
  if (!Scene && status === "over") return <End />;
  if (!Scene) return <Play />;
  return <Scene key={scene} step={Math.min(step, stepsOf(room, scene) - 1)} />;
}

/** A rule broke as the phase was to close, and the room stands still: everybody waits for the host. */
function Broken({ by }: { by: Values }) {
  return (
    <div class="wall-talk board">
      <h2 class="must">{t("ui.wall.broken", by)}</h2>
      <p class="wall-meta">{t("ui.wall.broken.text", by)}</p>
    </div>
  );
}

/** The end by itself: closed for a host to open, or for good, else the runs or the whole ranking. */
function End() {
  const room = useRoom();
  const { view } = room;
  if (isWholeAtEnd(room)) return <AllRoles />;
  if (!waitsForHost(view) && !isSealed(view)) return <RunsScene />;
  return isRankingKept(view) || isSealed(view) ? <BeforePodium /> : <AllRoles />;
}

/** Nothing at all, until the host lifts it. */
function Curtain() {
  return (
    <main class="curtain">
      <Sym name="mark" size={240} />
      <p class="unseen">{t("ui.wall.curtain")}</p>
    </main>
  );
}

/** The code, unless it stands there large, and what everybody waits for. */
function Foot({ isWayIn, wayIn }: { isWayIn: boolean; wayIn: boolean }) {
  const room = useRoom();
  const { status } = room.game.value;
  const waiting = waitedFor(room);
  return (
    <footer class="wall-foot">
      {isWayIn ? null : <span class="foot-code">{codeOf(room)}</span>}
      {isLost(room) ? <span>{t("ui.wall.lost")}</span> : null}
      {wayIn || isBeforeScene(room.view) ? null : <ToCome />}
      {status === "running" && waiting > 0 ? <span class="waiting">{tn("ui.wall.waiting", waiting)}</span> : null}
      {status === "lobby" ? <span class="waiting">{t("ui.wall.starts")}</span> : null}
    </footer>
  );
}

/** Whether answers, or what the class talks about, stand where the scene would: it goes on after them. */
function isBeforeScene(view: View): boolean {
  return onWall(view) !== undefined || Boolean(shownOf(view).talk);
}

/** How much of the scene the host has still to reveal. */
function ToCome() {
  const room = useRoom();
  const { scene, step, curtain } = shownOf(room.view);
  const left = scene === REPLAY ? 0 : stepsOf(room, scene) - 1 - step;
  return SCENES[scene] && !curtain && left > 0 ? <span>{tn("ui.wall.to_come", left)}</span> : null;
}
