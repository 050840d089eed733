// What is printed for a room: role sheets, table cards, a paper set, a sheet for the host. White, ink, and
// patterns instead of colours; the browser's own print makes paper or a PDF of it.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { Options } from "../parts/controls/options";
import { Ended } from "../parts/page/ended";
import { LanguageSwitch } from "../parts/page/menu";
import { Opening } from "../parts/page/unreachable";
import { language } from "../prefs";
import { go, PRINTED, type Printed, route } from "../route";
import { aboutClass } from "../store/classes";
import { useRoom } from "../store/context";
import { addressOf } from "../store/join_address";
import { needIn, t } from "../texts";
import { Cards, type Decks, onCards, readDecks } from "./cards";
import { HostSheet } from "./host_sheet";
import { NetworkCards } from "./network_cards";
import { Paper } from "./paper";
import { Roles } from "./roles";
import { RolesOfClass } from "./roles_of_class";
import "../styles/typeface.css";
import "../styles/wall_tokens.css";
import "../parts/pictures/things/things.css";
import "../parts/page/plain_pages.css";
import "./print.css";
import "./paper.css";

export function PrintPage() {
  const room = useRoom();
  const decks = useDecks();
  if (room.ending.value) return <Ended host={room.you.value?.kind === "host"} />;
  if (!room.you.value) return <Opening />;
  if (!decks) return <p class="page meta">{t("ui.opening")}</p>;
  const at = route.value;
  const isClass = aboutClass(room.view) !== undefined;
  const what = isClass ? "roles" : at.page === "print" ? at.what : "sheet";
  return (
    <main class="print">
      <Bar what={what} code={room.code.value} isClass={isClass} />
      {isClass ? (
        <RolesOfClass />
      ) : what === "roles" ? (
        <Roles />
      ) : what === "cards" ? (
        <Cards decks={decks} />
      ) : what === "paper" ? (
        <Paper />
      ) : what === "network" ? (
        <NetworkCards />
      ) : (
        <HostSheet />
      )}
    </main>
  );
}

/** The decks, once both languages are there to print them in. */
function useDecks(): Decks | undefined {
  const [decks, setDecks] = useState<Decks>();
  useEffect(() => {
    const texts = onCards().flatMap((lang) =>
      (["words", "cards", "pitches", "pages"] as const).map((part) => needIn(lang, part)),
    );
    void Promise.all([readDecks(), ...texts]).then(([found]) => setDecks(found));
  }, [language.value]);
  return decks;
}

/** What is printed, to choose from; of a class that is the role sheets alone. */
function Bar({ what, code, isClass }: { what: Printed; code: string; isClass: boolean }) {
  const { onlyHere } = addressOf(useRoom());
  return (
    <header class="print-bar">
      <h1 tabIndex={-1}>{t("ui.print.question")}</h1>
      {isClass ? null : (
        <Options
          label={t("ui.print.question")}
          unlabelled
          options={PRINTED.map((value) => ({ value, label: t(`ui.print.${value}`) }))}
          value={what}
          onChange={(chosen) => go(`print/${code}/${chosen}`, true)}
        />
      )}
      <LanguageSwitch />
      <Button look="main" onClick={() => window.print()}>
        {t("ui.print.do")}
      </Button>
      {onlyHere && (what === "sheet" || what === "network") ? (
        <p class="note meta">{t("ui.console.only_here")}</p>
      ) : null}
      <p class="meta">{t(`ui.print.${what}.text`)}</p>
    </header>
  );
}
