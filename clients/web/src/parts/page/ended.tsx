// The pages of a connection that won't come back by itself: what happened, and what to do next.
import { useEffect } from "preact/hooks";
import { go } from "../../route";
import { useRoom } from "../../store/context";
import { held, letGo } from "../../store/kept/held_seats";
import { has, need, t } from "../../texts";
import { Button } from "../controls/button";
import { NoticePage } from "./notice_page";

const SYMBOLS: { readonly [code: string]: string } = { replaced: "exchange", removed: "eye", no_such_room: "table" };
const NO_REASON = "removed"; // what a close says where the host gave none
const BY_LINK = "by_link"; // whoever has the personal link plays now: no name takes the seat back
const FROM_TABLE = "from_table"; // of a class, which may have dealt them to another one

export function Ended({ host = false }: { host?: boolean }) {
  const room = useRoom();
  const at = room.code.value;
  const ofClass = held("seat", at)?.of; // by whose door they came; it alone leads to its tables
  const table = room.view.pieces("room")["class"]; // whose table it is
  const { code, message } = useWhy(!host && !ofClass && table);
  const again = (): void => {
    letGo(host ? "host" : "seat", at);
    go(at && code !== "no_such_room" && !host ? `j/${ofClass ? `${ofClass}/me` : table || at}` : "", true);
  };
  if (code === "outdated" || code === "bad_frame") return <Outdated />;
  const about =
    [
      host ? `${code}.host` : "",
      code === "removed" && message && message !== NO_REASON && message !== FROM_TABLE ? "removed.reason" : "",
      `${code}.${message}`,
      code,
    ].find((each) => has(`ui.apart.${each}`)) ?? "ended";
  return (
    <NoticePage about={about} symbol={SYMBOLS[code] ?? "matching"} values={{ code: at, reason: message, message }}>
      {code === "replaced" && message !== BY_LINK ? (
        <Button look="main" onClick={() => void room.open()}>
          {t("ui.play_here")}
        </Button>
      ) : (
        <Button look="main" onClick={again}>
          {t(
            code === "removed" && !host && message !== FROM_TABLE
              ? "ui.apart.ask_to_return"
              : code === "no_such_room"
                ? "ui.apart.other_code"
                : "ui.join_again",
          )}
        </Button>
      )}
      {at && code !== "no_such_room" ? <Button onClick={() => go(`s/${at}`)}>{t("ui.watch")}</Button> : null}
    </NoticePage>
  );
}

/** Why the connection has ended; whoever came to a table of a class by no code may have been dealt to another one. */
function useWhy(isByOtherDoor: unknown): { code: string; message: string } {
  const { code, message: told } = useRoom().ending.value ?? { code: "", message: "" };
  const message = isByOtherDoor && told === NO_REASON ? FROM_TABLE : told;
  useEffect(() => void (message !== code && need("asking")), [message]); // rare words are fetched when they are said
  return { code, message };
}

/** Whether this page has come from a reload: then another would bring nothing new. */
function isReloaded(): boolean {
  const [arrival] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return arrival?.type === "reload";
}

/** This page and the server are not of one age: it is loaded anew once by itself, and then says so and waits. */
export function Outdated() {
  useEffect(() => {
    if (!isReloaded()) location.reload();
  }, []);
  return (
    <NoticePage about="outdated" symbol="recap">
      <Button look="main" onClick={() => location.reload()}>
        {t("ui.reload")}
      </Button>
    </NoticePage>
  );
}
