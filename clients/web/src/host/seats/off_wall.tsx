// Names that only hosts read: taken off the wall and every other page with one tap, and put back with another.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import type { Args, Failure } from "../../protocol/frames";
import { maySend } from "../../store/chairs";
import { useRoom } from "../../store/context";
import type { OffWall } from "../../store/entities";
import type { Room } from "../../store/room";
import type { View } from "../../store/view";
import { t } from "../../texts";

const COMMAND = "host.off_wall";

/** As the hosts' hand has it. */
export type KeptName = OffWall & { readonly seat: number; readonly name: string };

/** Return all names that only hosts read. */
export function keptNames(view: View): readonly KeptName[] {
  return Object.values((view.hand["off_wall"] ?? {}) as unknown as { readonly [who: string]: KeptName });
}

/** Return whether this host may take names off the wall. */
export function mayKeepOff(room: Room): boolean {
  return room.command(COMMAND) !== undefined && maySend(room, COMMAND);
}

/** The command, and why it was refused last. */
export function useOffWall() {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const send = async (args: Args): Promise<void> => setFailure((await room.send(COMMAND, args)).error);
  return { failure, send };
}

/** The names of one seat. */
export function NamesOffWall({ seat, isNamed }: { seat: number; isNamed: boolean }) {
  const room = useRoom();
  const { failure, send } = useOffWall();
  const kept = keptNames(room.view).filter((one) => one.seat === seat);
  const may = mayKeepOff(room);
  if (!isNamed || (!may && kept.length === 0)) return null;
  return (
    <div class="stack tight">
      {kept.map(({ member, name, why }) => (
        <div key={member} class="row">
          <span>
            <b>
              <bdi>{name}</bdi>
            </b>{" "}
            <span class="meta">{t(`ui.host.off_wall.${why}`)}</span>
          </span>
          {may ? <Back seat={seat} member={member} name={name} send={send} /> : null}
        </div>
      ))}
      {may && kept.length === 0 ? (
        <div class="row">
          <Button onClick={() => send({ seat, off: true })}>{t("ui.host.off_wall")}</Button>
        </div>
      ) : null}
      <Complaint failure={failure} />
    </div>
  );
}

type BackProps = Pick<KeptName, "seat" | "member" | "name"> & { send: (args: Args) => Promise<void> };

/** One tap puts a name back. */
export function Back({ seat, member, name, send }: BackProps) {
  return (
    <Button label={t("ui.host.off_wall.back_of", { name })} onClick={() => send({ seat, member, off: false })}>
      {t("ui.host.off_wall.back")}
    </Button>
  );
}
