// The debrief on a phone: the own story first, then whatever the host shows, or wherever one wanders.
import { IconButton } from "../parts/ranking";
import { go } from "../route";
import { useRoom } from "../store/context";
import { t } from "../texts";
import { DebriefView } from "./view";

export function DebriefPage() {
  const room = useRoom();
  if (!room.you.value) return <p class="page meta">{t("ui.opening")}</p>;
  return (
    <main class="page stack">
      <h1 tabIndex={-1}>{t("ui.debrief.question")}</h1>
      <DebriefView follow back={<IconButton icon="back" label={t("ui.debrief.back")} onClick={() => go(`p/${room.code.value}/now`)} />} />
    </main>
  );
}
