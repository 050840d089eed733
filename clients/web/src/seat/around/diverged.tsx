// The server has gone back to an older copy of the room: the person is told once what that may mean for their choices.
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { useRoom } from "../../store/context";
import { t } from "../../texts";

export function Diverged() {
  const room = useRoom();
  if (!room.diverged.value) return null;
  const goOn = (): void => {
    room.diverged.value = false;
  };
  return (
    <Sheet title={t("ui.diverged")} onClose={goOn}>
      <div class="stack">
        <p>{t("ui.diverged.text")}</p>
        <Button look="ink" onClick={goOn}>
          {t("ui.go_on")}
        </Button>
      </div>
    </Sheet>
  );
}
