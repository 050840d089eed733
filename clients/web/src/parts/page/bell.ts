// One short bell at a new phase, only if it was asked for.
import { play } from "./tone";

export function ring(): void {
  play({ hz: 880, seconds: 0.4, loud: 0.15 });
}
