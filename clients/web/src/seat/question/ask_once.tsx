// A sealed command that nothing can take back before the close: a button that asks once.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Confirm } from "../../parts/controls/sheet";
import type { Args } from "../../protocol/frames";
import { t } from "../../texts";
import { about } from "../../texts/numbers";
import { useAct } from "./choices";

export function AskOnce({ command, args, name }: { command: string; args: Args; name: string }) {
  const { act, failure } = useAct();
  const [asking, setAsking] = useState(false);
  const label = t(`command.${command}`);
  return (
    <div class="acts">
      <Button label={about(label, name)} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Complaint failure={failure} />
      {asking ? (
        <Confirm
          title={about(label, name)}
          text={`${t(`command.${command}.help`)} ${t("ui.once")}`}
          act={label}
          onClose={() => setAsking(false)}
          onAct={() => act(command, args)}
        />
      ) : null}
    </div>
  );
}
