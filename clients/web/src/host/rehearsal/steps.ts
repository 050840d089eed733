// What a teacher presses in a rehearsal, in order, and how the room shows that it was pressed. Nothing is asked of the
// person: whatever brings the room there counts.
import { onWall } from "../../parts/answers/answers";
import { GAME, OPENING, RANKING, REPLAY, rolesRevealed, shownOf, WAY_IN } from "../../parts/results/scenes";
import { hasCome } from "../../store/come";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import { NOTED } from "../phases";
import { filesTaken } from "./taken";

export const STEPS = [
  "wall",
  "code",
  "phone",
  "opening",
  "start",
  "waiting",
  "extend",
  "pause",
  "message",
  "bookmark",
  "next",
  "scene",
  "lost",
  "back",
  "end",
  "reveal",
  "podium",
  "debrief",
  "answer",
  "replay",
  "home",
  "again",
] as const;
export type Step = (typeof STEPS)[number];

/** What of a room the steps are read from. */
export interface Seen {
  walls: number;
  scene: string;
  step: number;
  status: string;
  season: number;
  phase: string;
  deadline: number | undefined;
  leftMs: number | undefined;
  paused: boolean;
  announced: number;
  rewound: number;
  /** The seats that have people; one that a host has freed has none, although it is kept. */
  taken: readonly number[];
  revealed: boolean;
  next: string;
  /** Whether the page lists who is still choosing. */
  waiting: boolean;
  bookmarks: number;
  /** Whether the wall shows what people answered. */
  answers: boolean;
  /** How many files were taken home. */
  taken_home: number;
}

export function seenIn(room: Room, filter: string): Seen {
  const { view } = room;
  const { scene, step } = shownOf(view);
  const { status = "lobby", season = 0, phase = "" } = room.game.value;
  const { watchers = 0 } = (view.hand["host"] ?? {}) as { watchers?: number };
  const { ms, paused } = remaining(room);
  const told = (text: string): number => room.log.lines.value.filter((line) => line.text === text).length;
  return {
    walls: watchers,
    scene,
    step,
    status,
    season,
    phase,
    deadline: view.single("clock").deadline,
    leftMs: ms,
    paused,
    announced: told("announced"),
    rewound: told("rewound"),
    taken: view.all("seat").flatMap((seat) => (hasCome(seat) && seat.name !== undefined ? [seat.id] : [])),
    revealed: rolesRevealed(view) === Infinity,
    next: String(view.pieces("room")["next"] ?? ""),
    waiting: filter === "waiting",
    bookmarks: Object.keys(view.hand["bookmark"] ?? {}).length,
    answers: onWall(view) !== undefined,
    taken_home: filesTaken.value,
  };
}

const MORE_MS = 20_000; // a press gives thirty seconds; clocks of two machines never differ by so much
const UP_MS = 1500; // with less on its clock a phase has closed by itself

const isRunning = ({ status }: Seen): boolean => status === "running";
const place = ({ season, phase }: Seen): number => season * NOTED.length + NOTED.indexOf(phase);
const isSamePhase = (one: Seen, other: Seen): boolean =>
  isRunning(one) && isRunning(other) && place(one) === place(other);
const OF_START: readonly string[] = [GAME, WAY_IN, OPENING];
const isOfDebrief = ({ status, scene }: Seen): boolean =>
  status === "over" && ![...OF_START, "aims", RANKING, "leaders", REPLAY].includes(scene);

/** Whether a step is done, by the room as it was and as it is; `freed` are the seats that were taken before. */
const DONE: { readonly [step in Step]: (now: Seen, before: Seen, freed: readonly number[]) => boolean } = {
  wall: ({ walls }) => walls > 0,
  code: ({ scene }) => scene === WAY_IN,
  phone: ({ taken }) => taken.length > 0,
  opening: ({ scene }) => scene === OPENING,
  start: ({ status }) => status !== "lobby",
  waiting: (now) => isRunning(now) && now.waiting,
  extend: (now, before) =>
    isSamePhase(now, before) && !before.paused && (now.deadline ?? 0) - (before.deadline ?? Infinity) > MORE_MS,
  pause: (now, before) => isRunning(now) && before.paused && !now.paused,
  message: ({ announced }) => announced > 0,
  bookmark: ({ bookmarks }) => bookmarks > 0,
  next: (now, before) =>
    isRunning(now) && isRunning(before) && place(now) > place(before) && (before.leftMs ?? Infinity) > UP_MS,
  scene: (now, before) =>
    isSamePhase(now, before) &&
    !OF_START.includes(before.scene) &&
    (now.scene !== before.scene || now.step !== before.step),
  lost: ({ taken }, _, freed) => freed.some((seat) => taken.includes(seat)),
  back: (now, before) => now.rewound > 0 || (isRunning(now) && isRunning(before) && place(now) < place(before)),
  end: ({ status }) => status === "over",
  reveal: ({ status, scene }) => status === "over" && [RANKING, "aims"].includes(scene),
  podium: (now) => now.status === "over" && now.revealed && now.scene !== GAME,
  debrief: isOfDebrief,
  answer: ({ answers }) => answers,
  replay: ({ status, scene }) => status === "over" && scene === REPLAY,
  home: ({ taken_home }) => taken_home > 0,
  again: ({ next }) => next !== "",
};

/** Return the steps that a change of the room has done. */
export function doneBy(now: Seen, before: Seen, freed: readonly number[]): Step[] {
  return STEPS.filter((step) => DONE[step](now, before, freed));
}

/** Return the seats whose people the host has taken away in play. */
export function freedBy(now: Seen, before: Seen): number[] {
  return isRunning(now) ? before.taken.filter((seat) => !now.taken.includes(seat)) : [];
}
