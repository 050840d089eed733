// An order of the class console: to one table or to all, what came of it, and which tables did not do it.
import { useState } from "preact/hooks";
import type { Args, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Answer } from "../../store/room";
import { t, tn } from "../../texts";

export interface Ordered {
  /** Why nothing was done. */
  failure: Failure | undefined;
  /** What was done, and what some tables have refused, a sentence each. */
  said: readonly string[];
  send: (name: string, args?: Args) => Promise<Answer>;
}

type Refused = { readonly [table: string]: { message: string } };

/** Return what an answer of several tables says. */
export function sentencesOf({ data }: Answer): readonly string[] {
  const { tables, refused = {} } = (data ?? {}) as { tables?: number; refused?: Refused };
  if (tables === undefined) return [];
  const refusals = Object.entries(refused).map(([table, { message }]) => t("ui.class.refused", { table, message }));
  return [tn("ui.class.done_at", tables), ...refusals];
}

export function useOrder(): Ordered {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const [said, setSaid] = useState<readonly string[]>([]);
  const send = async (name: string, args: Args = {}): Promise<Answer> => {
    const answer = await room.send(name, args);
    setFailure(answer.error);
    setSaid(sentencesOf(answer));
    return answer;
  };
  return { failure, said, send };
}
