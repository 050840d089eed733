// One seat under the host's hand: what it has asked for, a word to it, and what can be done with it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { IconButton } from "../../parts/controls/icon_button";
import { Sheet } from "../../parts/controls/sheet";
import { Part, SectorTile, Token } from "../../parts/pictures/tokens";
import type { Args, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Seat } from "../../store/entities";
import { ventureName, wholeName } from "../../store/names";
import { t } from "../../texts";
import { Icon } from "../icons";
import { Message } from "../message";
import { useSelection } from "../selection";
import { NamesOffWall } from "./off_wall";
import { OverShoulderButton } from "./over_shoulder";
import { OwnData } from "./own_data";
import { Powers } from "./seat_powers";
import { playedBy, stateOf, wishOf } from "./seat_states";
import { place, roleOf, seenText } from "./seat_words";

/** On a wide page a column beside the list, on a phone a sheet from below. */
export function SeatPanel({ isSheet }: { isSheet: boolean }) {
  const room = useRoom();
  const selection = useSelection();
  const seat = selection.seat.value === undefined ? undefined : room.view.find("seat", selection.seat.value);
  if (!seat) return null;
  const close = (): void => {
    selection.seat.value = undefined;
    selection.goTo(seat.id);
  };
  const name = wholeName(room.view, seat.id);
  if (isSheet) {
    return (
      <Sheet key={seat.id} title={name} onClose={close}>
        <Inside seat={seat} />
      </Sheet>
    );
  }
  return <Beside key={seat.id} seat={seat} name={name} onClose={close} />;
}

function Beside({ seat, name, onClose }: { seat: Seat; name: string; onClose: () => void }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) onClose();
    };
    document.addEventListener("keydown", onEscape);
    return () => document.removeEventListener("keydown", onEscape);
  });
  return (
    <section ref={box} class="panel stack tight" aria-label={t("ui.host.seat_of", { name })}>
      <div class="row spread">
        <h2 class="person">
          <Token seat={seat.id} small /> <bdi>{name}</bdi>
        </h2>
        <IconButton icon="close" label={t("ui.close")} onClick={onClose} />
      </div>
      <Inside seat={seat} />
    </section>
  );
}

function Inside({ seat }: { seat: Seat }) {
  return (
    <div class="stack tight">
      <Facts seat={seat} />
      <Ask seat={seat.id} />
      <Message seat={seat.id} />
      <Powers seat={seat} />
      <NamesOffWall key={`wall ${seat.id}`} seat={seat.id} isNamed={seat.name !== undefined} />
      <OverShoulderButton seat={seat} />
      <OwnData key={seat.id} seat={seat.id} />
    </div>
  );
}

/** What everybody may know of the seat. */
function Facts({ seat }: { seat: Seat }) {
  const room = useRoom();
  const { view } = room;
  const state = stateOf(view, seat);
  const id = view.find("maker", seat.id)?.venture ?? 0;
  const venture = id ? view.find("venture", id) : undefined;
  return (
    <>
      <p class="facts">
        <span>{t("ui.seat.number", { role: roleOf(room, seat), n: seat.id })}</span>
        <span>{place(room, seat)}</span>
        <b>
          <Icon name={state} size={16} /> {t(`ui.host.standing.${state}`)}{" "}
          {seat.by === "person" ? "" : seenText(room, seat)}
        </b>
        <span>{t(`ui.host.by.${playedBy(seat)}`)}</span>
      </p>
      {venture?.card ? (
        <p class="row">
          <SectorTile sector={venture.sector} size={24} /> {ventureName(view, id)}{" "}
          <Part stage={venture.stage} born={venture.born} size={24} name={ventureName(view, id)} />
        </p>
      ) : null}
    </>
  );
}

const MORE_S = 60;

/** What the seat has asked for; whatever answers it takes it off the list. */
function Ask({ seat }: { seat: number }) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const wish = wishOf(room.view, seat);
  const send = async (name: string, args: Args): Promise<void> =>
    setFailure((await room.send(name, { seat, ...args })).error);
  if (!wish) return null;
  const answer = (key: string): Promise<void> => send("host.message", { text: t(key) });
  return (
    <div class="wish stack tight">
      <b>
        <Icon name={wish} /> {t(`ui.host.wants.${wish}`)}
      </b>
      <div class="row">
        {wish === "time" && room.command("host.extend") ? (
          <Button look="ink" onClick={() => send("host.extend", { seconds: MORE_S })}>
            {t("ui.host.extend", { seconds: MORE_S })}
          </Button>
        ) : null}
        {wish === "help" ? (
          <Button look="ink" onClick={() => answer("ui.host.coming.said")}>
            {t("ui.host.coming")}
          </Button>
        ) : null}
        <Button onClick={() => answer("ui.host.not_now.said")}>{t("ui.host.not_now")}</Button>
      </div>
      <Complaint failure={failure} />
    </div>
  );
}
