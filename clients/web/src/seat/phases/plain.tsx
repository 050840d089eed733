// The screen of a phase that this page knows nothing of: its pieces as cards, its command on the main button until the
// seat has said it, and whatever else may be sent as plain forms. Fetched when such a phase is played.
import { useState } from "preact/hooks";
import { CommandForm } from "../../forms/form";
import { Sheet } from "../../parts/controls/sheet";
import { Things } from "../../parts/pictures/other_pieces";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { askedOf } from "../../store/rules";
import { commandName } from "../question/other_commands";
import { question } from "../question/question_texts";
import { Screen } from "../question/screen";

export function Plain() {
  const room = useRoom();
  const { phase = "" } = room.game.value;
  const [opened, setOpened] = useState<string>();
  const [sent, setSent] = useState<readonly string[]>([]);
  const main = askedOf(room.view, phase, "main").find((command) => room.command(command));
  const asks = main !== undefined && !sent.includes(main) && !isSaid(room, main) ? main : undefined;
  const schema = opened === undefined ? undefined : room.command(opened);
  const done = (): void => {
    setSent([...sent, opened ?? ""]);
    setOpened(undefined);
  };
  const open = (): boolean => {
    setOpened(asks);
    return true;
  };
  return (
    <>
      <Screen
        question={question(phase, room.role.value)}
        handled={asks ? [asks] : []}
        {...(asks ? { main: { label: commandName(asks), act: open, stays: true } } : {})}
      >
        <Things />
      </Screen>
      {opened !== undefined && schema ? (
        <Sheet title={commandName(opened)} onClose={() => setOpened(undefined)}>
          <CommandForm command={opened} schema={schema} onDone={done} />
        </Sheet>
      ) : null}
    </>
  );
}

/** Return whether the seat itself has sealed a command in this phase. */
function isSaid({ view, seat }: Room, command: string): boolean {
  return view
    .all("choice")
    .some((choice) => choice.seat === seat.value && choice.command === command && !choice.by_default);
}
