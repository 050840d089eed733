// Things in the room and this seat: which are connected, and a code for the kind that is chosen, to be typed on a new
// one.
import { useState } from "preact/hooks";
import { useRoom } from "../../store/context";
import { optionsOf } from "../../store/legal";
import type { Room } from "../../store/room";
import { t } from "../../texts";
import { Button } from "../controls/button";
import { Options } from "../controls/options";
import { type Device, PairingCode, useUsed } from "../pictures/pairing_code";

type Own = readonly (readonly [id: string, device: Device])[];

/** Return this seat's things by what each calls itself. */
function thingsOf(room: Room): Own {
  return Object.entries(room.view.pieces("device") as unknown as { [id: string]: Device });
}

export function ConnectThing() {
  const room = useRoom();
  const [isOpen, setOpen] = useState(false);
  const [kind, setKind] = useState<string>();
  const [code, setCode] = useState("");
  const [refusal, setRefusal] = useState("");
  const form = room.command("pair");
  const own = thingsOf(room);
  useUsed(
    own.find(([, { thing }]) => thing === kind),
    () => setCode(""),
  ); // what else comes or goes has not used it
  if (!form && !own.length) return null;
  const ask = async (thing: string): Promise<void> => {
    setKind(thing);
    setCode(""); // what stands there is for another kind
    const answer = await room.send("pair", { thing });
    setCode(String(answer.data?.["code"] ?? ""));
    setRefusal(answer.error?.message ?? "");
  };
  const kinds = form ? optionsOf(form, "thing", room.view.hand).map(String) : [];
  return (
    <div class="field">
      <Connected things={own} />
      {form ? <Button onClick={() => setOpen(!isOpen)}>{t("ui.thing")}</Button> : null}
      {isOpen ? (
        <Options
          label={t("ui.thing.which")}
          options={kinds.map((value) => ({ value, label: t(`device_kind.${value}`) }))}
          value={kind}
          onChange={(thing) => void ask(thing)}
        />
      ) : null}
      {isOpen && refusal ? <p class="complaint">{refusal}</p> : null}
      {isOpen ? <PairingCode code={code} /> : null}
    </div>
  );
}

function Connected({ things }: { things: Own }) {
  return (
    <div role="status">
      {things.map(([id, { thing }]) => (
        <p key={id}>
          {t("ui.thing.connected", { thing: t(`device_kind.${thing}`) })} <span class="meta mono">{id}</span>
        </p>
      ))}
    </div>
  );
}
