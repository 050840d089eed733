// A look at a venture: a button where there is something left to see, and the question before it is paid for.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Confirm } from "../../../parts/controls/sheet";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { ventureName } from "../../../store/names";
import { t } from "../../../texts";
import { about } from "../../../texts/numbers";
import { useAct } from "../../question/choices";
import { Consequence } from "../../question/consequence";

export function LookButton({ venture }: { venture: number }) {
  const room = useRoom();
  const [open, setOpen] = useState(false);
  if (!optionsOf(room.command("look"), "venture", room.view.hand).includes(venture)) return null;
  return (
    <>
      <Button label={about(t("command.look"), ventureName(room.view, venture))} onClick={() => setOpen(true)}>
        {t("command.look")}
      </Button>
      {open ? <LookSheet venture={venture} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function LookSheet({ venture, onClose }: { venture: number; onClose: () => void }) {
  const room = useRoom();
  const { act, failure } = useAct();
  return (
    <Confirm
      title={about(t("command.look"), ventureName(room.view, venture))}
      text={t("command.look.help")}
      act={t("command.look")}
      onClose={onClose}
      onAct={() => act("look", { venture })}
    >
      <Consequence command="look" args={{ venture }} />
      <Complaint failure={failure} />
    </Confirm>
  );
}
