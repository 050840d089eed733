// Where this phone is in the replay of a game that is over: where its owner wanders, else where the host leads. A
// reload finds the same place.
import { signal } from "@preact/signals";
import { session } from "../../storage";
import type { Room } from "../../store/room";

const KEY = "ms.replay";

interface Place {
  code: string;
  step: number;
}

const own = signal(session.read<Place>(KEY));

/** Wander to a stop of a room's replay; nothing: wander no more. */
export function wander(code: string, step: number | undefined): void {
  own.value = step === undefined ? undefined : { code, step };
  if (own.value) session.write(KEY, own.value);
  else session.remove(KEY);
}

/** Return which stop is shown, and where the host leads; nothing where no replay is shown. */
export function replayAt(room: Room): { step: number; led: number | undefined; wanders: boolean } | undefined {
  if (room.game.value.status !== "over") return undefined;
  const { scene, step = 0 } = room.view.pieces("show") as { scene?: string; step?: number };
  const led = scene === "replay" ? step : undefined;
  const wanders = own.value?.code === room.code.value;
  const at = wanders ? own.value?.step : led;
  return at === undefined ? undefined : { step: at, led, wanders };
}
