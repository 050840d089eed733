// What all that may go must reach so as to stay, and what the close would make of it: the server's, asked anew when
// something has moved. No rule is known here.
import type { Fate, Preview } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { useAskedAnew } from "../question/asked_anew";

export interface Standing {
  outlook: Preview["outlook"];
  fates: { readonly [key: string]: Fate };
  /** One's own choice has changed since; what it brings now is being asked. */
  isOld: boolean;
}

/** Return what the close would bring as things stand. */
export function useStanding(): Standing {
  const room = useRoom();
  const { season, phase } = room.game.value;
  const own = JSON.stringify([
    season,
    phase,
    room.view.all("choice").filter((choice) => choice.seat === room.seat.value),
  ]);
  const ask = async (): Promise<Preview | undefined> => {
    const answer = await room.preview("ready", { ready: true });
    return answer && !("code" in answer) ? answer : undefined;
  };
  const { answer, isOld } = useAskedAnew(own, ask, false);
  return { outlook: answer?.outlook, fates: answer?.fates ?? {}, isOld };
}
