// The personal links of a class, to be printed and cut apart: name, code and QR code each, in the class's language.
// Nothing of it is kept here.
import { useEffect, useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Qr } from "../../../parts/pictures/qr";
import { type Language, language, traits } from "../../../prefs";
import type { Failure } from "../../../protocol/frames";
import { aboutClass, peopleOf } from "../../../store/classes";
import { useRoom } from "../../../store/context";
import { addressFor } from "../../../store/join_address";
import { needIn, said, t } from "../../../texts";
import "./print.css";

/** Return a code as people read it out: four letters and four and four. */
export function inGroups(code: string): string {
  return code.replace(/(.{4})(?=.)/g, "$1 ");
}

export function LinksToPrint({ onClose }: { onClose: () => void }) {
  const room = useRoom();
  const [links, setLinks] = useState<{ readonly [person: string]: string }>({});
  const [failure, setFailure] = useState<Failure>();
  const spoken = aboutClass(room.view)?.language ?? language.value;
  useEffect(() => {
    void Promise.all([room.send("class.links"), needIn(spoken, "class")]).then(([{ data, error }]) => {
      setFailure(error);
      setLinks((data?.["links"] ?? {}) as { [person: string]: string });
    });
    document.documentElement.classList.add("prints-links");
    return () => document.documentElement.classList.remove("prints-links");
  }, []);
  const { onlyHere } = addressFor("");
  return (
    <section class="class-links" aria-label={t("ui.class.links")}>
      <div class="row class-links-bar">
        <Button look="main" onClick={() => window.print()}>
          {t("ui.class.links.print")}
        </Button>
        <Button onClick={onClose}>{t("ui.close")}</Button>
        <p class="meta">{t("ui.class.links.secret")}</p>
        {onlyHere ? <p class="note meta">{t("ui.console.only_here")}</p> : null}
        <Complaint failure={failure} />
      </div>
      <ul>
        {peopleOf(room.view).map(({ number, name }) => {
          const pass = links[number];
          return pass ? <Slip key={number} name={name} pass={pass} spoken={spoken} /> : null;
        })}
      </ul>
    </section>
  );
}

function Slip({ name, pass, spoken }: { name: string; pass: string; spoken: Language }) {
  const code = useRoom().code.value;
  return (
    <li>
      <Qr text={addressFor(`${code}/me/${pass}`).join} size={120} />
      <div>
        <b>
          <bdi>{name}</bdi>
        </b>
        <span lang={traits(spoken).tag}>{said(spoken, "ui.class.slip.room", { code })}</span>
        <span class="mono">{inGroups(pass)}</span>
        <span class="micro">{addressFor(code).join.replace(/^https?:\/\//, "")}</span>
      </div>
    </li>
  );
}
