// One person's data under the host's hand: saved as a file for them, or erased; what goes and what stays is said first.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Confirm } from "../../parts/controls/sheet";
import type { Args, Failure } from "../../protocol/frames";
import { maySend } from "../../store/chairs";
import { useRoom } from "../../store/context";
import { wholeName } from "../../store/names";
import { keepData } from "../../store/taking_home";
import { t } from "../../texts";

type Team = { readonly [member: string]: string };

/** The seat's person; where several share it, one of them. */
export function OwnData({ seat }: { seat: number }) {
  const room = useRoom();
  const team = room.view.pieces("team")[seat] as Team | undefined;
  const members = Object.entries(team ?? {});
  const [chosen, setChosen] = useState(members[0]?.[0] ?? "");
  const whom: Args = { seat, ...(members.length > 0 ? { member: Number(chosen) } : {}) };
  const name = team?.[chosen] ?? wholeName(room.view, seat);
  const { failure, done, isErasing, setErasing, save, erase } = useOwnData(whom);
  if (!room.command("host.erase_person") || !maySend(room, "host.erase_person")) return null;
  return (
    <details class="fold">
      <summary>{t("ui.host.own_data")}</summary>
      <div class="stack tight">
        {members.length > 0 ? <Whom members={members} chosen={chosen} onChoose={setChosen} /> : null}
        <div class="row">
          <Button onClick={save}>{t("ui.host.own_data.save")}</Button>
          <Button look="danger" onClick={() => setErasing(true)}>
            {t("ui.host.own_data.erase")}
          </Button>
        </div>
        <Complaint failure={failure} />
        <p class="meta" role="status">
          {done ? t("ui.host.own_data.erase.done") : ""}
        </p>
      </div>
      {isErasing ? <Erase name={name} failure={failure} onClose={() => setErasing(false)} onAct={erase} /> : null}
    </details>
  );
}

function useOwnData(whom: Args) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const [done, setDone] = useState(false);
  const [isErasing, setErasing] = useState(false);
  const save = async (): Promise<void> => {
    const answer = await room.send("host.export_person", whom);
    setFailure(answer.error);
    if (answer.data) keepData(`makersphere-${room.code.value}-${whom["seat"]}.json`, answer.data);
  };
  const erase = async (): Promise<boolean> => {
    const answer = await room.send("host.erase_person", whom);
    setFailure(answer.error);
    setDone(answer.ok);
    return answer.ok;
  };
  return { failure, done, isErasing, setErasing, save, erase };
}

interface EraseProps {
  name: string;
  failure: Failure | undefined;
  onClose: () => void;
  onAct: () => Promise<boolean>;
}

function Erase({ name, failure, onClose, onAct }: EraseProps) {
  const { view } = useRoom();
  const isOfClass = Object.values(view.pieces("chair")).some((chair) => (chair as { of_class?: boolean }).of_class);
  return (
    <Confirm
      title={t("ui.host.own_data.erase.title", { name })}
      text={t("ui.host.own_data.erase.text")}
      act={t("ui.host.own_data.erase.do")}
      danger
      onClose={onClose}
      onAct={onAct}
    >
      {isOfClass ? <p class="meta">{t("ui.host.own_data.erase.class")}</p> : null}
      {view.hand["forks"] ? <p class="meta">{t("ui.host.own_data.erase.forks")}</p> : null}
      <Complaint failure={failure} />
    </Confirm>
  );
}

interface WhomProps {
  members: readonly (readonly [number: string, name: string])[];
  chosen: string;
  onChoose: (member: string) => void;
}

function Whom({ members, chosen, onChoose }: WhomProps) {
  return (
    <select
      aria-label={t("ui.host.own_data.whom")}
      value={chosen}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {members.map(([number, name]) => (
        <option key={number} value={number}>
          {name}
        </option>
      ))}
    </select>
  );
}
