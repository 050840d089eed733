// What one feels and hears of a moment: as the phone's own switch for sounds is set.
import { play } from "../../parts/page/tone";
import { sound } from "../../prefs";

/** A die that lies, a stamp that falls; `high` where it is good news. */
export function thud(high = false): void {
  if (sound.peek()) navigator.vibrate?.(high ? [30, 60, 30] : 30);
  play({ hz: high ? 660 : 220, toHz: high ? 990 : 110, seconds: 0.18, loud: 0.12, type: "triangle" });
}
