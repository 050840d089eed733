// What the wall has still to show after the end waits on the console too, until the wall shows it or its host looks
// ahead: the page may be mirrored.
import { useEffect } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { useKeys } from "../parts/controls/keys";
import { isSealed, rolesRevealed } from "../parts/results/scenes";
import { useRoom } from "../store/context";
import { looksAhead } from "../store/looks_ahead";
import { t } from "../texts";

/** `isMore`: not only who stands where waits. */
export function Waits({ isMore = false }: { isMore?: boolean }) {
  const { view } = useRoom();
  const waits = (rolesRevealed(view) !== Infinity || isMore) && !isSealed(view);
  const look = (): void => {
    looksAhead.value = !looksAhead.peek();
  };
  useKeys({ V: look }, waits);
  useEffect(
    () => () => {
      looksAhead.value = false;
    },
    [],
  );
  if (!waits) return null;
  return (
    <div class="stack tight">
      <p class="meta">{t("ui.host.ahead.text")}</p>
      <div class="row">
        <Button on={looksAhead.value} onClick={look}>
          {t("ui.host.ahead")}
        </Button>
      </div>
    </div>
  );
}
