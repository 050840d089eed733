// The rooms that were opened from this one, each beside it: for the hosts as soon as there is one.
import { useState } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { Sheet } from "../parts/controls/sheet";
import { BesideWhole } from "../parts/results/beside/beside";
import { useRoom } from "../store/context";
import { t } from "../texts";

export function BesideForks() {
  const { view } = useRoom();
  const [shown, setShown] = useState<string>();
  const forks = (view.hand["forks"] ?? []) as readonly string[];
  if (forks.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("ui.host.forks")}</h2>
      <div class="row">
        {forks.map((code) => (
          <Button key={code} onClick={() => setShown(code)}>
            {t("ui.beside.open", { code })}
          </Button>
        ))}
      </div>
      {shown ? (
        <Sheet title={t("ui.beside.open", { code: shown })} onClose={() => setShown(undefined)}>
          <BesideWhole code={shown} />
        </Sheet>
      ) : null}
    </section>
  );
}
