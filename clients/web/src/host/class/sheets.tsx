// What lies over the class console: the way in, the people, more tables, and links for the teacher and a further one.
import { useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { LanguageSwitch } from "../../parts/page/menu";
import { Qr } from "../../parts/pictures/qr";
import { link } from "../../route";
import { maySend } from "../../store/chairs";
import { useRoom } from "../../store/context";
import { addressFor } from "../../store/join_address";
import { held } from "../../store/kept/held_seats";
import { t } from "../../texts";
import { Chairs } from "../chairs";
import { AddressToCopy } from "../copy";
import { PhonesNetwork } from "../sheets/ways_in";
import { CompareTables } from "./compare";
import { MoreTables } from "./more_tables";
import { People } from "./people/people";
import { LinksToPrint } from "./people/to_print";

/** Which sheet is open; a number: the comparison of that game; or one person's slip, to be printed. */
export type Opened = "code" | "people" | "tables" | "more" | "links" | "compare" | number | { readonly slip: number };

interface SheetsProps {
  opened: Opened;
  onOpen: (sheet: Opened | undefined) => void;
}

export function Sheets({ opened, onOpen }: SheetsProps) {
  const close = (): void => onOpen(undefined);
  if (opened === "links") return <LinksToPrint onClose={() => onOpen("people")} />;
  if (typeof opened === "object") return <LinksToPrint only={opened.slip} onClose={() => onOpen("people")} />;
  if (typeof opened === "number") {
    return (
      <Sheet key={opened} title={t("ui.class.game", { game: opened })} onClose={close}>
        <CompareTables game={opened} />
      </Sheet>
    );
  }
  return (
    <Sheet key={opened} title={t(`ui.class.sheet.${opened}`)} onClose={close}>
      {opened === "code" ? (
        <WayIn />
      ) : opened === "people" ? (
        <People onPrint={(slip) => onOpen(slip === undefined ? "links" : { slip })} />
      ) : opened === "tables" ? (
        <MoreTables />
      ) : opened === "compare" ? (
        <CompareTables />
      ) : (
        <More onTables={() => onOpen("tables")} />
      )}
    </Sheet>
  );
}

function WayIn() {
  const code = useRoom().code.value;
  const { join, onlyHere } = addressFor(code);
  return (
    <div class="stack code-sheet">
      <b class="mono figure">{code}</b>
      <Qr text={join} />
      <p>
        <a href={join} target="_blank" rel="noopener">
          {join.replace(/^https?:\/\//, "")}
        </a>
      </p>
      {onlyHere ? <p class="note meta">{t("ui.console.only_here")}</p> : null}
      <PhonesNetwork />
    </div>
  );
}

/** What is seldom needed: further tables, and who else leads the class. */
function More({ onTables }: { onTables: () => void }) {
  const room = useRoom();
  const [isShown, setShown] = useState(false);
  const own = held("host", room.code.value)?.token ?? "";
  return (
    <div class="stack">
      {maySend(room, "class.tables") ? <Button onClick={onTables}>{t("ui.class.open_tables")}</Button> : null}
      <a class="button" href={link(`print/${room.code.value}/roles`)} target="_blank" rel="noopener">
        {t("ui.class.print_roles")}
      </a>
      <p>{t("ui.class.own_link.text")}</p>
      {isShown ? (
        <AddressToCopy address={link(`class/${room.code.value}/${own}`)} label={t("ui.class.own_link")} />
      ) : (
        <Button onClick={() => setShown(true)}>{t("ui.class.own_link")}</Button>
      )}
      <h3>{t("ui.console.hosts")}</h3>
      <Chairs of="class" addressOf={(token) => link(`class/${room.code.value}/${token}`)} />
      <LanguageSwitch />
    </div>
  );
}
