// Signing out of a device that others use too: the browser forgets the keys to every seat and every chair of a host,
// names, drafts, stories and choices, and begins anew. The seats are kept, for whom their hosts let in again.
import { useState } from "preact/hooks";
import { go } from "../../route";
import { local, session } from "../../storage";
import { t } from "../../texts";
import { Button } from "../controls/button";
import { Confirm } from "../controls/sheet";

const OURS = "ms.";

/** Forget all that this browser keeps of us. */
export function forgetAll(): void {
  for (const box of [local, session]) {
    for (const name of box.names().filter((name) => name.startsWith(OURS))) box.remove(name);
  }
}

/** Begin anew: first the page goes, so that nothing of it is kept once more. */
function beginAnew(): void {
  go("", true);
  setTimeout(() => {
    forgetAll();
    location.reload();
  });
}

/** The button, and what it comes to before it is pressed in earnest. */
export function Forget({ host = false }: { host?: boolean }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t("ui.forget.ask")}
      </Button>
      {asking ? (
        <Confirm
          title={t("ui.forget.ask")}
          text={t(host ? "ui.forget.host" : "ui.forget.text")}
          act={t("ui.forget.do")}
          onClose={() => setAsking(false)}
          onAct={beginAnew}
        />
      ) : null}
    </>
  );
}
