// Connecting a thing in the room to this seat: the server gives a code for the kind that is chosen, to be typed there.
import { useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Options } from "../parts/options";
import { PairingCode } from "../parts/pairing_code";
import { useRoom } from "../store/context";
import { optionsOf } from "../store/legal";
import { t } from "../texts";

export function ConnectThing() {
  const room = useRoom();
  const [isOpen, setOpen] = useState(false);
  const [kind, setKind] = useState<string>();
  const [code, setCode] = useState("");
  const [refusal, setRefusal] = useState("");
  const form = room.command("pair");
  if (!form) return null;
  const ask = async (thing: string): Promise<void> => {
    setKind(thing);
    setCode(""); // what stands there is for another kind
    const answer = await room.send("pair", { thing });
    setCode(String(answer.data?.["code"] ?? ""));
    setRefusal(answer.error?.message ?? "");
  };
  const kinds = optionsOf(form, "thing", room.view.hand).map(String);
  return (
    <div class="field">
      <Button onClick={() => setOpen(!isOpen)}>{t("ui.thing")}</Button>
      {isOpen ? <Options label={t("ui.thing.which")} options={kinds.map((value) => ({ value, label: t(`thing.${value}`) }))} value={kind} onChange={(thing) => void ask(thing)} /> : null}
      {isOpen && refusal ? <p class="complaint">{refusal}</p> : null}
      {isOpen ? <PairingCode code={code} /> : null}
    </div>
  );
}
