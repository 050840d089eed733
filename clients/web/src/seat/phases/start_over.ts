// What a maker means to do next whose venture was closed: chosen on the spot, and asked for as soon as the next
// admission opens, which is where the rules let it be chosen. Until then it is this tab's alone, kept over a reload for
// whoever means it.
import { useEffect, useState } from "preact/hooks";
import { session } from "../../storage";
import { useRoom } from "../../store/context";
import { optionsOf } from "../../store/legal";
import type { Room } from "../../store/room";

interface Meant {
  /** The season that closed it. */
  season: number;
  /** Whose team it asks to join; 0: it founds again. */
  venture: number;
}

function nameOf(room: Room): string {
  return `ms.next.${room.code.peek()}.${room.who()}`;
}

/** Return what is meant, if anything, and how to mean something else. */
export function useMeant(): [number | undefined, (venture: number) => void] {
  const room = useRoom();
  const { season = 0 } = room.game.value;
  const [meant, setMeant] = useState(() => session.read<Meant>(nameOf(room)));
  const mean = (venture: number): void => {
    session.write(nameOf(room), { season, venture } satisfies Meant);
    setMeant({ season, venture });
  };
  return [meant?.season === season ? meant.venture : undefined, mean];
}

/** In the admission that follows, whatever the page shows then: ask for the place in a team that is meant, once. */
export function useAskAsMeant(): void {
  const room = useRoom();
  const { season = 0 } = room.game.value;
  const mayAsk = room.command("ask_to_join") !== undefined;
  useEffect(() => {
    const meant = mayAsk ? session.read<Meant>(nameOf(room)) : undefined;
    if (!meant) return;
    session.remove(nameOf(room));
    const open = optionsOf(room.command("ask_to_join"), "venture", room.view.hand);
    if (meant.season === season - 1 && open.includes(meant.venture))
      void room.send("ask_to_join", { venture: meant.venture });
  }, [mayAsk, season]);
}
