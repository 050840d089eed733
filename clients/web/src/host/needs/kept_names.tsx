// Names that wait for a host before others read them, each with two answers: let it be seen, or keep it off the wall.
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Token } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import type { View } from "../../store/view";
import { t } from "../../texts";
import { type KeptName, keptNames, mayKeepOff, useOffWall } from "../seats/off_wall";
import { FirstFew } from "./first_few";

const DECIDED = "host";

/** Return the names that no host has decided about yet. */
export function waitingNames(view: View): readonly KeptName[] {
  return keptNames(view).filter(({ why }) => why !== DECIDED);
}

export function WaitingNames() {
  const { view } = useRoom();
  const all = waitingNames(view);
  if (all.length === 0) return null;
  return <FirstFew lines={all.map((one) => <Waiting key={`${one.seat}:${one.member}`} {...one} />)} />;
}

function Waiting({ seat, member, name, why }: KeptName) {
  const room = useRoom();
  const { failure, send } = useOffWall();
  return (
    <li class="asked-in-words">
      <Token seat={seat} />
      <span class="what stack tight">
        <b>
          <bdi>{name}</bdi>
        </b>
        <span class="meta">{t(`ui.host.off_wall.${why}`)}</span>
        {mayKeepOff(room) ? (
          <span class="row">
            <Button label={t("ui.host.off_wall.let_of", { name })} onClick={() => send({ seat, member, off: false })}>
              {t("ui.host.off_wall.let")}
            </Button>
            <Button label={t("ui.host.off_wall.keep_of", { name })} onClick={() => send({ seat, member, off: true })}>
              {t("ui.host.off_wall")}
            </Button>
          </span>
        ) : null}
        <Complaint failure={failure} />
      </span>
    </li>
  );
}
