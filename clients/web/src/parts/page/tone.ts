// One short tone, made here, if the phone's own switch for sounds is on and it can make any.
import { sound } from "../../prefs";

export interface Tone {
  hz: number;
  /** What its pitch glides to; without it the pitch stays. */
  toHz?: number;
  seconds: number;
  loud: number;
  type?: OscillatorType;
}

export function play({ hz, toHz = hz, seconds, loud, type = "sine" }: Tone): void {
  if (!sound.peek() || typeof AudioContext !== "function") return;
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = type;
  tone.frequency.setValueAtTime(hz, audio.currentTime);
  if (toHz !== hz) tone.frequency.exponentialRampToValueAtTime(toHz, audio.currentTime + seconds);
  volume.gain.setValueAtTime(loud, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + seconds);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + seconds);
  tone.onended = () => void audio.close();
}
