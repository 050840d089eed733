// Short tones, made here: on a phone if its own switch for sounds is on, on the wall once its page was touched.
import { sound } from "../../prefs";

export interface Tone {
  hz: number;
  /** What its pitch glides to; without it the pitch stays. */
  toHz?: number;
  seconds: number;
  loud: number;
  type?: OscillatorType;
}

export function play(tone: Tone): void {
  if (!sound.peek() || typeof AudioContext !== "function") return;
  const audio = new AudioContext();
  sounding(audio, tone).onended = () => void audio.close();
}

/** Sound a tone, some seconds from now. */
export function sounding(audio: AudioContext, tone: Tone, after = 0): OscillatorNode {
  const { hz, toHz = hz, seconds, loud, type = "sine" } = tone;
  const start = audio.currentTime + after;
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.type = type;
  source.frequency.setValueAtTime(hz, start);
  if (toHz !== hz) source.frequency.exponentialRampToValueAtTime(toHz, start + seconds);
  volume.gain.setValueAtTime(loud, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
  source.connect(volume).connect(audio.destination);
  source.start(start);
  source.stop(start + seconds);
  return source;
}
