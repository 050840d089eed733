// A look at a venture: a button where there is something left to see, and the question before it is paid for.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Confirm } from "../../../parts/controls/sheet";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { ventureName } from "../../../store/names";
import type { Room } from "../../../store/room";
import { t } from "../../../texts";
import { about } from "../../../texts/numbers";
import { knownRange } from "../../question/about_people";
import { useAct } from "../../question/choices";
import { Consequence } from "../../question/consequence";

export function LookButton({ venture }: { venture: number }) {
  const room = useRoom();
  const [open, setOpen] = useState(false);
  const [before, setBefore] = useState<Seen>();
  const now = seenOf(room, venture);
  const learntNothing = before !== undefined && now.count > before.count && now.range === before.range;
  const may = optionsOf(room.command("look"), "venture", room.view.hand).includes(venture);
  return (
    <>
      {may ? (
        <Button label={about(t("command.look"), ventureName(room.view, venture))} onClick={() => setOpen(true)}>
          {t("command.look")}
        </Button>
      ) : null}
      {learntNothing ? (
        <p class="meta" role="status">
          {t("ui.look.same", { range: now.range })}
        </p>
      ) : null}
      {open ? <LookSheet venture={venture} onLook={() => setBefore(now)} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** What this seat knows of a venture, and how often it has looked. */
interface Seen {
  range: string;
  count: number;
}

function seenOf(room: Room, venture: number): Seen {
  const look = room.view.find("look", `${room.seat.value}:${venture}`);
  return { range: knownRange(room, venture), count: look?.count ?? 0 };
}

interface LookProps {
  venture: number;
  onLook: () => void;
  onClose: () => void;
}

function LookSheet({ venture, onLook, onClose }: LookProps) {
  const room = useRoom();
  const { act, failure } = useAct();
  const look = (): Promise<boolean> => {
    onLook();
    return act("look", { venture });
  };
  return (
    <Confirm
      title={about(t("command.look"), ventureName(room.view, venture))}
      text={t("command.look.help")}
      act={t("command.look")}
      onClose={onClose}
      onAct={look}
    >
      <Consequence command="look" args={{ venture }} />
      <Complaint failure={failure} />
    </Confirm>
  );
}
