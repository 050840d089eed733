// What one feels and hears of a moment: as the phone's own switch for sounds is set, and made here.
import { sound } from "../../prefs";

const LOUD = 0.12;
const SECONDS = 0.18;
const LOW_HZ = 220;
const HIGH_HZ = 660;

/** A die that lies, a stamp that falls; `high` where it is good news. */
export function thud(high = false): void {
  if (!sound.peek()) return;
  navigator.vibrate?.(high ? [30, 60, 30] : 30);
  if (typeof AudioContext !== "function") return;
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = "triangle";
  tone.frequency.setValueAtTime(high ? HIGH_HZ : LOW_HZ, audio.currentTime);
  tone.frequency.exponentialRampToValueAtTime(high ? HIGH_HZ * 1.5 : LOW_HZ / 2, audio.currentTime + SECONDS);
  volume.gain.setValueAtTime(LOUD, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + SECONDS);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + SECONDS);
  tone.onended = () => void audio.close();
}
