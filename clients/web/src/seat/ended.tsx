// The page of a connection that won't come back by itself: what happened, and the one thing to do next.
import { Button } from "../parts/button";
import { go } from "../route";
import { useRoom } from "../store/context";
import { letGo } from "../store/seats";
import { has, t } from "../texts";

export function Ended({ host = false }: { host?: boolean }) {
  const room = useRoom();
  const { code, message } = room.ending.value ?? { code: "", message: "" };
  const key = `ui.ended.${code}${host && code === "unauthorised" ? ".host" : ""}`;
  const text = code === "removed" && message ? t("ui.ended.removed.reason", { reason: message }) : has(key) ? t(key) : message || t("ui.ended");
  const again = (): void => {
    letGo(host ? "host" : "seat", room.code.value);
    go(room.code.value ? `j/${room.code.value}` : "", true);
  };
  return (
    <main class="page stack">
      <h1 tabIndex={-1}>{text}</h1>
      {code === "replaced" ? (
        <Button look="ink" onClick={() => void room.open()}>
          {t("ui.play_here")}
        </Button>
      ) : (
        <Button look="ink" onClick={again}>
          {t("ui.join_again")}
        </Button>
      )}
      {room.code.value ? <Button onClick={() => go(`s/${room.code.value}`)}>{t("ui.watch")}</Button> : null}
    </main>
  );
}
