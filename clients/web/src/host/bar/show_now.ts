// What a host's press puts on the wall.
import { type Shown, shownOf } from "../../parts/results/scenes";
import type { Failure } from "../../protocol/frames";
import type { Room } from "../../store/room";
import { untilSeen } from "../../store/until_seen";

/** `plays`: the scene goes on by itself from now on, or stands still. */
export type Wanted = Partial<Shown> & { scene: string; plays?: boolean };

/** Return it with the curtain up: what phones open with a press is on the wall, too. */
export function withCurtainUp(wanted: Wanted | undefined): Wanted | undefined {
  return wanted && { ...wanted, curtain: false };
}

/** Show something on the wall and wait until the table says so: the next press goes on from there. */
export async function showNow(room: Room, wanted: Wanted | undefined): Promise<Failure | undefined> {
  if (!wanted) return undefined;
  const { error } = await room.send("host.show", { ...wanted });
  if (error) return error;
  const { plays, ...seen } = wanted;
  const isThere = (): boolean =>
    (plays === undefined || plays === (shownOf(room.view).since !== undefined)) &&
    Object.entries(seen).every(
      ([field, value]) =>
        (shownOf(room.view) as Wanted & { step?: number })[field as keyof Wanted] === value ||
        value === false ||
        value === "",
    );
  await untilSeen(isThere);
  return undefined;
}
