// What the wall sounds like: short, soft, made here. A browser lets a page sound once somebody has touched it.
import { sounding, type Tone } from "../../parts/page/tone";

export type Sound = "join" | "picture" | "tick" | "signed" | "dice" | "birth" | "podium";

interface Note extends Tone {
  /** Seconds from the beginning of the sound. */
  after: number;
}

const SOFT = 0.06;

function note(hz: number, after: number, seconds: number, more: Partial<Tone> = {}): Note {
  return { hz, after, seconds, loud: SOFT, ...more };
}

const KNOCK: Partial<Tone> = { type: "triangle", toHz: 60, loud: 0.12 };

export const SOUNDS: { readonly [sound in Sound]: readonly Note[] } = {
  join: [note(523, 0, 0.12), note(784, 0.07, 0.18)],
  picture: [note(392, 0, 0.3, { loud: 0.04 }), note(494, 0.15, 0.4, { loud: 0.04 })],
  tick: [note(880, 0, 0.05, { loud: 0.03 })],
  signed: [note(180, 0, 0.09, KNOCK), note(240, 0.1, 0.12, KNOCK)],
  dice: [note(160, 0, 0.08, KNOCK), note(200, 0.16, 0.08, KNOCK)],
  birth: [note(392, 0, 0.5), note(523, 0.12, 0.6), note(659, 0.24, 0.9)],
  podium: [note(262, 0, 0.25), note(330, 0.2, 0.25), note(392, 0.4, 0.3), note(523, 0.65, 1)],
};

let audio: AudioContext | undefined;

/** Let the page sound from the first touch on, until the function that is returned is called. */
export function soundOnceTouched(root: Document = document): () => void {
  const wake = (): void => {
    if (typeof AudioContext !== "function") return;
    audio ??= new AudioContext();
    void audio.resume();
  };
  const touches = ["pointerdown", "keydown"] as const;
  for (const touch of touches) root.addEventListener(touch, wake);
  return () => {
    for (const touch of touches) root.removeEventListener(touch, wake);
    void audio?.close();
    audio = undefined;
  };
}

/** Make a sound, if the page has been touched. */
export function makeSound(sound: Sound): void {
  if (audio?.state !== "running") return;
  for (const each of SOUNDS[sound]) sounding(audio, each, each.after);
}
