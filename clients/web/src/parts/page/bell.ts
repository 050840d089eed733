// One short bell at a new phase, made here and only if it was asked for.
import { sound } from "../../prefs";

const PITCH_HZ = 880;
const SECONDS = 0.4;
const LOUD = 0.15;

export function ring(): void {
  if (!sound.peek() || typeof AudioContext !== "function") return;
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = PITCH_HZ;
  volume.gain.setValueAtTime(LOUD, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + SECONDS);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + SECONDS);
  tone.onended = () => void audio.close();
}
