// One roll, as large as the wall: who rolls for what, two dice that fall one after the other, and their points laid end
// to end with what was added, up to the flag that says what was needed.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Die } from "../../parts/pictures/dice";
import { faceOf } from "../../parts/pictures/faces/face";
import { FacePicture } from "../../parts/pictures/faces/face_image";
import { displayWidth } from "../../parts/pictures/text_width";
import { PartShape } from "../../parts/pictures/tokens";
import { shownOf } from "../../parts/results/scenes";
import { isStill } from "../../prefs";
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import { spaceName, stageName, ventureName } from "../../store/names";
import { placeOf } from "../../store/own_seat";
import { t } from "../../texts";
import { number } from "../../texts/numbers";
import { nameInLines } from "../long_names";
import { makeSound } from "../sound/sounds";

/** When each die lies still, when its points lie on the bar, and when the stamp comes down, in milliseconds. */
const FALLS_MS = [900, 1800] as const;
const ADDED_MS = 2100;
const STAMP_MS = 2700;
const NAME = { room: 560 }; // for a line of who rolls, were it as small as letters can be
const ONE_LINE = 7.2; // beside a face, in sizes of the largest letters

export function Roll({ venture }: { venture: Venture }) {
  const room = useRoom();
  const { view } = room;
  const name = ventureName(view, venture.id);
  const before = venture.stage - Number(venture.moved_up);
  const { lead, sector, born } = venture;
  return (
    <div class="roll" data-venture={venture.id}>
      <section class="board roller">
        <FacePicture face={faceOf(view.find("seat", lead), lead)} size={100} />
        <div>
          <h2 class={displayWidth(name, 1) > ONE_LINE ? "must long" : "must"}>{name}</h2>
          <p>
            <bdi class="name-lines">{nameInLines(view, lead, NAME)}</bdi>
            {"\u00a0· "}
            {spaceName(view, placeOf(room, lead))}
          </p>
          <p class="roll-stages">
            <Stage stage={before} born={born} sector={sector} />
            <b aria-hidden="true">→</b>
            <Stage stage={before + 1} born={born} sector={sector} />
          </p>
        </div>
      </section>
      <div class="thrown">
        {venture.dice.map((face, die) => (
          <Falling key={die} face={face} lies={FALLS_MS[die] ?? 0} />
        ))}
      </div>
      <Bar venture={venture} />
    </div>
  );
}

function Stage({ stage, born, sector }: Pick<Venture, "stage" | "born" | "sector">) {
  return (
    <span>
      <svg class="made" viewBox="1 -4 22 26" aria-hidden="true" style={{ color: `var(--${sector})` }}>
        <PartShape stage={stage} born={born} />
      </svg>
      {stageName(stage)}
    </span>
  );
}

const CHANGES = 6; // faces before it lies still
const TURNS_MS = 600;

/** A die that is thrown and lies still at its time; where nothing is to move it lies there. */
function Falling({ face, lies }: { face: number; lies: number }) {
  const { view } = useRoom();
  const [shown, setShown] = useState(isStill() ? face : 0);
  useEffect(() => {
    if (isStill()) return setShown(face);
    const timers = Array.from({ length: CHANGES }, (_, change) =>
      setTimeout(
        () => setShown(change === CHANGES - 1 ? face : ((face + change) % 6) + 1),
        lies - TURNS_MS + ((change + 1) * TURNS_MS) / CHANGES,
      ),
    );
    const { silent, curtain } = shownOf(view);
    if (!silent && !curtain) timers.push(setTimeout(() => makeSound("dice"), lies));
    return () => timers.forEach(clearTimeout);
  }, [face]);
  return (
    <span class={shown ? "rolling" : "rolling unthrown"} role="img" aria-label={String(face)}>
      <span aria-hidden="true">
        <Die face={shown} />
      </span>
    </span>
  );
}

const HELP = ["spirit", "help", "misses"] as const;
const BEYOND = 2; // points of the track behind the last one

interface Piece {
  kind: string;
  points: number;
  after: number;
}

const CLEAR = 0.62; // points between the flag and the middle of a number

/** Return how far the number over some points moves aside, so that the line of the flag does not go through it. */
export function asideOf(before: number, points: number, needed: number): number {
  const from = before + points / 2 - needed;
  return Math.sign(from || 1) * Math.max(0, CLEAR - Math.abs(from));
}

/** What the sum is made of, from left to right. */
export function piecesOf({ dice, roll }: Pick<Venture, "dice" | "roll">): Piece[] {
  const thrown = dice.map((points, die) => ({ kind: `die-${die}`, points, after: FALLS_MS[die] ?? 0 }));
  return [...thrown, ...HELP.map((kind) => ({ kind, points: roll[kind] ?? 0, after: ADDED_MS }))].filter(
    ({ points }) => points > 0,
  );
}

function Bar({ venture }: { venture: Venture }) {
  const pieces = piecesOf(venture);
  const { needed = 0 } = venture.roll;
  const total = sumOf(pieces);
  const track = Math.max(total, needed) + BEYOND;
  return (
    <section class="board roll-bar">
      <div class="roll-points" style={{ "--points": track }}>
        <div class="roll-track">
          {pieces.map((piece, at) => (
            <PieceOfBar
              key={piece.kind}
              piece={piece}
              aside={asideOf(sumOf(pieces.slice(0, at)), piece.points, needed)}
            />
          ))}
          {needed > total ? (
            <After ms={ADDED_MS} look="lacking" span={needed - total}>
              {null}
            </After>
          ) : null}
          <span class="roll-flag" style={{ insetInlineStart: `${(100 * needed) / track}%` }}>
            {t("ui.roll.needed", { n: needed })}
          </span>
        </div>
        <Added pieces={pieces} />
      </div>
      <div class="roll-result">
        <After ms={ADDED_MS} look="roll-sum">
          = {number(total)}
        </After>
        <After ms={STAMP_MS} look={venture.moved_up ? "roll-stamp good" : "roll-stamp"}>
          {resultOf(venture, needed - total)}
        </After>
      </div>
    </section>
  );
}

function resultOf({ moved_up, stage }: Venture, missing: number): string {
  if (moved_up) return t("ui.roll.yes", { stage: stageName(stage) });
  return t(missing === 1 ? "ui.wall.take.missed" : "ui.roll.not_yet");
}

/** What was added to the dice, each below its points, and beside its neighbour where they are narrow. */
function Added({ pieces }: { pieces: readonly Piece[] }) {
  const added = pieces.filter(({ kind }) => !isDie(kind));
  const thrown = sumOf(pieces.filter(({ kind }) => isDie(kind)));
  return (
    <p class="added">
      <span style={{ "--span": thrown }} />
      {added.map(({ kind, points, after }) => (
        <After key={kind} ms={after} look="added-name" span={points}>
          {t(`ui.roll.${kind}`)}
        </After>
      ))}
    </p>
  );
}

function isDie(kind: string): boolean {
  return kind.startsWith("die");
}

function sumOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { points }) => sum + points, 0);
}

function PieceOfBar({ piece: { kind, points, after }, aside }: { piece: Piece; aside: number }) {
  return (
    <After ms={after} look={`piece-of-bar ${kind}`} span={points}>
      <b style={{ "--aside": aside }}>{isDie(kind) ? number(points) : `+${number(points)}`}</b>
      <i aria-hidden="true">
        {Array.from({ length: points }, (_, point) => (
          <u key={point} />
        ))}
      </i>
    </After>
  );
}

interface AfterProps {
  ms: number;
  look: string;
  /** How many points wide. */
  span?: number;
  children: ComponentChildren;
}

/** What comes at its time. */
function After({ ms, look, span, children }: AfterProps) {
  return (
    <span
      class={`after ${look}`}
      style={{ animationDelay: `${isStill() ? 0 : ms}ms`, ...(span ? { "--span": span } : {}) }}
    >
      {children}
    </span>
  );
}
