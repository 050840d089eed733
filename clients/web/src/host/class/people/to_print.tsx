// The personal links of a class, or of one person in it, to be printed and cut apart: name, code and QR code each, in
// the class's language. Nothing of it is kept here.
import { useEffect, useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Qr } from "../../../parts/pictures/qr";
import { type Language, language, traits } from "../../../prefs";
import type { Failure } from "../../../protocol/frames";
import { aboutClass, peopleOf } from "../../../store/classes";
import { useRoom } from "../../../store/context";
import { addressFor } from "../../../store/join_address";
import type { Room } from "../../../store/room";
import { needIn, said, t, type Values } from "../../../texts";
import "./print.css";

/** Return a code as people read it out: four letters and four and four. */
export function inGroups(code: string): string {
  return code.replace(/(.{4})(?=.)/g, "$1 ");
}

type Links = { readonly [person: string]: string };

/** Fetch the personal codes of a class by its people's numbers, and the words that its slips are written in. */
export async function fetchLinks(room: Room, spoken: Language): Promise<{ links: Links; error?: Failure | undefined }> {
  const words = [needIn(spoken, "class"), needIn(spoken, "words")];
  const [{ data, error }] = await Promise.all([room.send("class.links"), ...words]);
  return { links: (data?.["links"] ?? {}) as Links, error };
}

/** The sheet lies over the page without being a dialog, and closes as one does. */
function useEscape(onClose: () => void): void {
  useEffect(() => {
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) onClose();
    };
    document.addEventListener("keydown", onEscape);
    return () => document.removeEventListener("keydown", onEscape);
  });
}

interface LinksToPrintProps {
  /** Whose slip alone; without it everybody's. */
  only?: number;
  onClose: () => void;
}

export function LinksToPrint({ only, onClose }: LinksToPrintProps) {
  const room = useRoom();
  const [links, setLinks] = useState<Links>({});
  const [failure, setFailure] = useState<Failure>();
  const spoken = aboutClass(room.view)?.language ?? language.value;
  useEffect(() => {
    void fetchLinks(room, spoken).then((found) => {
      setFailure(found.error);
      setLinks(found.links);
    });
    document.documentElement.classList.add("prints-links");
    return () => document.documentElement.classList.remove("prints-links");
  }, []);
  useEscape(onClose);
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
          const pass = only === undefined || only === number ? links[number] : undefined;
          return pass ? <Slip key={number} name={name} pass={pass} spoken={spoken} /> : null;
        })}
      </ul>
    </section>
  );
}

/** The way in of one person, and in words how it is typed where nothing reads the QR code. */
export function Slip({ name, pass, spoken }: { name: string; pass: string; spoken: Language }) {
  const { code = "", name: ofClass = "" } = aboutClass(useRoom().view) ?? {};
  const say = (key: string, values: Values = {}): string => said(spoken, key, { code, ...values });
  return (
    <li>
      <Qr text={addressFor(`${code}/me/${pass}`).join} size={120} />
      <div lang={traits(spoken).tag}>
        <b>
          <bdi>{name}</bdi>
        </b>
        <span>{ofClass ? say("ui.class.slip.named", { name: ofClass }) : say("ui.class.slip.room")}</span>
        <b class="mono">{say("ui.class.slip.pass", { pass: inGroups(pass) })}</b>
        <span class="micro">
          {say("ui.class.slip.typed", {
            address: addressFor("").join.replace(/^https?:\/\/|\/?#.*$/g, ""),
            field: say("ui.join.has_pass"),
          })}
        </span>
      </div>
    </li>
  );
}
