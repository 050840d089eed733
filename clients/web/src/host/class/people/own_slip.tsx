// One person's slip again, for a lost phone or a lost slip: fetched when somebody asks, and after a new link the new
// one.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { type Language, language } from "../../../prefs";
import type { Failure } from "../../../protocol/frames";
import { maySend } from "../../../store/chairs";
import { aboutClass, type ClassPerson } from "../../../store/classes";
import { useRoom } from "../../../store/context";
import { addressFor } from "../../../store/join_address";
import { t } from "../../../texts";
import { AddressToCopy } from "../../copy";
import { fetchLinks, Slip } from "./to_print";

interface OwnSlipProps {
  person: Pick<ClassPerson, "number" | "name">;
  /** Lay it over the page, to be printed alone. */
  onPrint: (person: number) => void;
}

/** One person's pass, once it was asked for, and what asks for it or has a new one made. */
function usePass(person: number, spoken: Language) {
  const room = useRoom();
  const [pass, setPass] = useState("");
  const [isNew, setNew] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const show = async (): Promise<void> => {
    const { links, error } = await fetchLinks(room, spoken);
    setFailure(error);
    setPass(links[person] ?? "");
  };
  const renew = async (): Promise<void> => {
    const { ok, error } = await room.send("class.new_link", { person });
    setFailure(error);
    setNew(ok);
    if (ok) await show();
  };
  return { pass, isNew, failure, show, renew };
}

export function OwnSlip({ person: { number, name }, onPrint }: OwnSlipProps) {
  const room = useRoom();
  const spoken = aboutClass(room.view)?.language ?? language.value;
  const { pass, isNew, failure, show, renew } = usePass(number, spoken);
  return (
    <section class="stack tight">
      <p class="meta">{t("ui.class.slip.text")}</p>
      <div class="row">
        {pass || !maySend(room, "class.links") ? null : (
          <Button look="ink" onClick={show}>
            {t("ui.class.slip")}
          </Button>
        )}
        {pass ? <Button onClick={() => onPrint(number)}>{t("ui.class.slip.print")}</Button> : null}
        {maySend(room, "class.new_link") ? <Button onClick={renew}>{t("ui.class.new_link")}</Button> : null}
      </div>
      <p class="meta">{t("ui.class.new_link.text")}</p>
      <p role="status">{isNew ? t("ui.class.new_link.done") : ""}</p>
      {pass ? (
        <>
          <ul class="class-slip">
            <Slip name={name} pass={pass} spoken={spoken} />
          </ul>
          <OwnLink pass={pass} />
        </>
      ) : null}
      <Complaint failure={failure} />
    </section>
  );
}

function OwnLink({ pass }: { pass: string }) {
  const address = addressFor(`${useRoom().code.value}/me/${pass}`).join;
  return <AddressToCopy address={address} label={t("ui.class.slip.link")} />;
}
