// A date at which this phase ends, whether somebody is in the room or not: for a game that goes on until tomorrow.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { t } from "../../texts";
import { useSelection } from "../selection";

const A_DAY = 86_400_000;

/** Return a moment as a field of date and time has it, by this machine's own clock and zone. */
function asField(ms: number): string {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, "2026-11-30T18:00".length);
}

/** Return what a clock of this machine shows tomorrow at this full hour. */
function tomorrow(): string {
  return asField(Math.ceil((Date.now() + A_DAY) / 3_600_000) * 3_600_000);
}

export function DateSheet() {
  const room = useRoom();
  const selection = useSelection();
  const { dated, deadline = 0 } = room.view.single("clock");
  const [field, setField] = useState(dated ? asField(deadline) : tomorrow());
  const [failure, setFailure] = useState<Failure>();
  const end = async (date: number): Promise<void> => {
    const answer = await room.send("host.end_at", { date });
    setFailure(answer.error);
    if (answer.ok) selection.close();
  };
  const chosen = new Date(field).getTime();
  return (
    <Sheet title={t("ui.host.date.title")} onClose={() => selection.close()}>
      <div class="stack">
        <p>{t("ui.host.date.text")}</p>
        <div class="field">
          <label>
            {t("ui.host.date.field")}
            <input type="datetime-local" value={field} onInput={(event) => setField(event.currentTarget.value)} />
          </label>
        </div>
        <Complaint failure={failure} />
        <Button look="ink" disabled={Number.isNaN(chosen)} onClick={() => end(chosen)}>
          {t("ui.host.date.set")}
        </Button>
        {dated ? <Button onClick={() => end(0)}>{t("ui.host.date.none")}</Button> : null}
      </div>
    </Sheet>
  );
}
