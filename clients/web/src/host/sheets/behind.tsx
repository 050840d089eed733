// What the server misses of the game: told in numbers, and decided by a host. What is known to be missing is told apart
// from what a seat alone says, since a number can be made up. Never says what the missing commands were, since nobody
// has them any more.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Confirm, Sheet } from "../../parts/controls/sheet";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { wholeName } from "../../store/names";
import type { Room } from "../../store/room";
import { t, tn } from "../../texts";
import { useSelection } from "../selection";

interface Numbers {
  from: number;
  to: number;
}

interface Missing extends Numbers {
  /** Those that are known to be missing; none where nothing but a seat's word says so. */
  known?: Numbers;
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

function count({ from, to }: Numbers): number {
  return to - from + 1;
}

/** Return whether nothing is known to be missing: a seat says so, and that is all. */
function isOnlySaid(missing: Missing | undefined): boolean {
  return missing !== undefined && !missing.known;
}

function sentence(missing: Missing | undefined): string {
  if (!missing) return t("ui.host.behind.unknown");
  const key = missing.known ? "ui.host.behind.what" : "ui.host.behind.said.what";
  const { from, to } = missing.known ?? missing;
  return tn(key, count({ from, to }), { from, to });
}

/** In the strip: the room stands still until a host has decided. */
export function BehindBanner() {
  const selection = useSelection();
  const said = isOnlySaid(missingOf(useRoom())) ? ".said" : "";
  return (
    <div class="banner warn row spread" role="alert">
      <span>{t(`ui.host.behind${said}`)}</span>
      <Button onClick={() => selection.open("behind")}>{t(`ui.host.behind${said}.open`)}</Button>
    </div>
  );
}

/** In the strip for as long as the room lasts: how much was lost when it went on, or whose word it is that it was. */
export function LostTag() {
  const room = useRoom();
  const selection = useSelection();
  const missing = missingOf(room);
  if (!missing || isBehind(room)) return null;
  return (
    <Button look="quiet" onClick={() => selection.open("behind")}>
      <span class="tag warn">{lost(room, missing)}</span>
    </Button>
  );
}

function lost(room: Room, missing: Missing): string {
  if (missing.known) return tn("ui.host.behind.lost", count(missing.known));
  const [seat] = Object.entries(missing.by ?? {}).find(([, to]) => to === missing.to) ?? [];
  const name = seat ? wholeName(room.view, Number(seat)) : t("ui.host.behind.said.somebody");
  return tn("ui.host.behind.said.lost", count(missing), { name });
}

/** Who says that something is missing, and where a seat says more than is known, that a number can be made up. */
function Claims({ missing }: { missing: Missing | undefined }) {
  const view = useRoom().view;
  const claims = Object.entries(missing?.by ?? {});
  if (claims.length === 0) return null;
  const known = missing?.known?.to ?? 0;
  const isInDoubt = claims.some(([, to]) => to > known);
  return (
    <>
      <ul>
        {claims.map(([seat, to]) => (
          <li key={seat}>
            {seat === "0"
              ? t("ui.host.behind.by.host", { to })
              : t("ui.host.behind.by", { name: wholeName(view, Number(seat)), to })}
          </li>
        ))}
      </ul>
      {isInDoubt ? <p>{t("ui.host.behind.doubt")}</p> : null}
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
  const said = isOnlySaid(missing) ? ".said" : "";
  const title = t(`ui.host.behind${said}.title`);
  if (!isBehind(room)) {
    return (
      <Sheet title={title} onClose={close}>
        <div class="stack">
          <p>{what}</p>
          <Claims missing={missing} />
          <p>{t(`ui.host.behind${said}.after`)}</p>
        </div>
      </Sheet>
    );
  }
  return (
    <Confirm title={title} text={what} act={t("ui.host.behind.do")} danger onClose={close} onAct={goOn}>
      <Claims missing={missing} />
      <p>{t("ui.host.behind.wait")}</p>
      <p>{t("ui.host.behind.go_on")}</p>
      <Complaint failure={failure} />
    </Confirm>
  );
}
