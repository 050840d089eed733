// What the server misses of the game although it was confirmed to somebody: told in numbers, and decided by a host.
// Never says what the missing commands were, since nobody has them any more.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Confirm, Sheet } from "../../parts/controls/sheet";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { seatName } from "../../store/names";
import type { Room } from "../../store/room";
import { t, tn } from "../../texts";
import { useSelection } from "../selection";

interface Missing {
  from: number;
  to: number;
  /** The number that somebody says to have seen, by seat; 0 is the hosts. */
  by?: Record<string, number>;
}

/** Return which numbers are missing: it stands in the hand after the room has gone on without them too. */
export function missingOf(room: Room): Missing | undefined {
  return room.view.hand["behind"] as Missing | undefined;
}

/** Return whether the room stands still because the server misses what somebody has seen. */
export function isBehind(room: Room): boolean {
  return Boolean((room.view.hand["host"] as { behind?: boolean } | undefined)?.behind);
}

function sentence(missing: Missing | undefined): string {
  if (!missing) return t("ui.host.behind.unknown");
  return tn("ui.host.behind.what", missing.to - missing.from + 1, { from: missing.from, to: missing.to });
}

/** In the strip: the room stands still until a host has decided. */
export function BehindBanner() {
  const selection = useSelection();
  return (
    <div class="banner warn row spread" role="alert">
      <span>{t("ui.host.behind")}</span>
      <Button onClick={() => selection.open("behind")}>{t("ui.host.behind.open")}</Button>
    </div>
  );
}

/** In the strip for as long as the room lasts: how much was lost when it went on. */
export function LostTag() {
  const room = useRoom();
  const selection = useSelection();
  const missing = missingOf(room);
  if (!missing || isBehind(room)) return null;
  return (
    <Button look="quiet" onClick={() => selection.open("behind")}>
      <span class="tag warn">{tn("ui.host.behind.lost", missing.to - missing.from + 1)}</span>
    </Button>
  );
}

/** Who says that something is missing, since a number can be made up. */
function Claims({ missing }: { missing: Missing | undefined }) {
  const view = useRoom().view;
  const claims = Object.entries(missing?.by ?? {});
  if (claims.length === 0) return null;
  return (
    <>
      <ul>
        {claims.map(([seat, to]) => (
          <li key={seat}>
            {seat === "0"
              ? t("ui.host.behind.by.host", { to })
              : t("ui.host.behind.by", { name: seatName(view, Number(seat)), to })}
          </li>
        ))}
      </ul>
      <p>{t("ui.host.behind.doubt")}</p>
    </>
  );
}

export function BehindSheet() {
  const room = useRoom();
  const selection = useSelection();
  const [failure, setFailure] = useState<Failure>();
  const close = (): void => selection.close();
  const goOn = async (): Promise<boolean> => {
    const answer = await room.send("host.resume");
    setFailure(answer.error);
    return answer.ok;
  };
  const missing = missingOf(room);
  const what = sentence(missing);
  if (!isBehind(room)) {
    return (
      <Sheet title={t("ui.host.behind.title")} onClose={close}>
        <div class="stack">
          <p>{what}</p>
          <Claims missing={missing} />
          <p>{t("ui.host.behind.after")}</p>
        </div>
      </Sheet>
    );
  }
  const title = t("ui.host.behind.title");
  return (
    <Confirm title={title} text={what} act={t("ui.host.behind.do")} danger onClose={close} onAct={goOn}>
      <Claims missing={missing} />
      <p>{t("ui.host.behind.wait")}</p>
      <p>{t("ui.host.behind.go_on")}</p>
      <Complaint failure={failure} />
    </Confirm>
  );
}
