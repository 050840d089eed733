// The debrief on a phone: the own story first, then whatever the host shows, or wherever one wanders.
import { Button } from "../parts/button";
import { go } from "../route";
import { useRoom } from "../store/context";
import { t } from "../texts";
import { DebriefView } from "./view";

export function DebriefPage() {
  const room = useRoom();
  if (!room.you.value) return <p class="page meta">{t("ui.opening")}</p>;
  return (
    <main class="page stack">
      <div class="row spread">
        <h1 tabIndex={-1}>{t("ui.debrief.question")}</h1>
        <Button look="quiet" onClick={() => go(`p/${room.code.value}/now`)}>
          {t("ui.debrief.back")}
        </Button>
      </div>
      <DebriefView follow />
    </main>
  );
}
