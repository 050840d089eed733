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

export function Ended({ host = false }: { host?: boolean }) {
  const room = useRoom();
  const { code, message } = room.ending.value ?? { code: "", message: "" };
  const at = room.code.value;
  useEffect(() => void (message === BY_LINK && need("asking")), [message]);
  const again = (): void => {
    const ofClass = held("seat", at)?.of; // whose door alone leads to its tables
    letGo(host ? "host" : "seat", at);
    go(at && code !== "no_such_room" && !host ? `j/${ofClass ? `${ofClass}/me` : at}` : "", true);
  };
  if (code === "outdated" || code === "bad_frame") return <Outdated />;
  const about =
    [
      host ? `${code}.host` : "",
      code === "removed" && message && message !== NO_REASON ? "removed.reason" : "",
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
            code === "removed" && !host
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
