// Who asks to be let into a seat, for those who may answer: the people of that seat, or a host for every seat. It lies
// over nothing, and whoever is asked may leave it there. While the room stands still because the server may miss part
// of the game, nobody can answer, and the reason stands there.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useRoom } from "../../store/context";
import { seatName } from "../../store/names";
import type { Room } from "../../store/room";
import { t } from "../../texts";
import { Button } from "../controls/button";
import { say } from "./live_regions";

/** A wish by the number with which it is answered, as hands have it. */
type AsksIn = { readonly [join: string]: { readonly name: string; readonly seat: number } };

function sentence({ view }: Room, { name, seat }: AsksIn[string], isHost: boolean): string {
  return isHost ? t("ui.host.asks_in.seat", { name, seat, who: seatName(view, seat) }) : t("ui.asks_in", { name });
}

export function AsksIn({ isHost = false }: { isHost?: boolean }) {
  const room = useRoom();
  const asking = useInOrder((room.view.hand["asks_in"] ?? {}) as AsksIn);
  const told = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    for (const [join, wish] of asking) if (!told.current.has(join)) say(sentence(room, wish, isHost), "asks_in");
    told.current = new Set(asking.map(([join]) => join));
  }, [asking.map(([join]) => join).join()]);
  if (asking.length === 0) return null;
  return (
    <ul class="stack tight asks-in" aria-label={isHost ? t("ui.host.asks_in") : undefined}>
      {asking.map(([join, wish]) => (
        <Asking key={join} join={Number(join)} text={sentence(room, wish, isHost)} isHost={isHost} />
      ))}
    </ul>
  );
}

/** Return the wishes as they came, for their numbers are drawn: a new one stands below, and no button moves away. */
function useInOrder(wishes: AsksIn): [join: string, wish: AsksIn[string]][] {
  const came = useRef<readonly string[]>([]);
  const older = came.current.filter((join) => join in wishes);
  came.current = [...older, ...Object.keys(wishes).filter((join) => !older.includes(join))];
  return came.current.flatMap((join) => (wishes[join] ? [[join, wishes[join]]] : []));
}

function Asking({ join, text, isHost }: { join: number; text: string; isHost: boolean }) {
  const room = useRoom();
  const [refusal, setRefusal] = useState("");
  const reason = useId();
  const isBehind = Boolean(room.view.pieces("room")["behind"]);
  const describedBy = isBehind ? reason : undefined;
  const answer = async (accept: boolean): Promise<void> => {
    const answered = await room.send(isHost ? "host.let_in" : "let_in", { join, accept });
    setRefusal(answered.error?.message ?? "");
  };
  return (
    <li class="banner row spread">
      <span>{text}</span>
      <span class="row">
        <Button disabled={isBehind} describedBy={describedBy} onClick={() => answer(false)}>
          {t("ui.asks_in.no")}
        </Button>
        <Button look="ink" disabled={isBehind} describedBy={describedBy} onClick={() => answer(true)}>
          {t("ui.asks_in.yes")}
        </Button>
      </span>
      {isBehind ? (
        <span id={reason} class="meta">
          {t("ui.asks_in.behind")}
        </span>
      ) : null}
      {refusal && !isBehind ? <span class="complaint">{refusal}</span> : null}
    </li>
  );
}
