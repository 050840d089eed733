// Exchange for operators: whom to introduce to whom.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Card, Chosen } from "../../../parts/pictures/card";
import { Person } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { kindName, seatName, trackName } from "../../../store/names";
import { peopleFirst } from "../../../store/people_first";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { listed } from "../../../texts/numbers";
import { VentureLine } from "../../question/about_people";
import { useAct } from "../../question/choices";
import { Screen } from "../../question/screen";
import { Tracks } from "../../tabs/mine_tab";

function specialityOf(view: View, seat: number): string {
  const found = view.find("investor", seat);
  return found ? listed([kindName(found.type, found.speciality), trackName(found.speciality)]) : "";
}

/** One maker is proposed, people before bots; a tap on an investor introduces the two, and the next one is proposed. */
export function ExchangeOperator() {
  const room = useRoom();
  const { view } = room;
  const { act, failure } = useAct();
  const [wanted, setWanted] = useState<number>();
  const [met, setMet] = useState<readonly number[]>([]);
  const form = room.command("introduce");
  const makers = peopleFirst(view, optionsOf(form, "maker", view.hand).map(Number), (seat) => seat);
  const investors = optionsOf(form, "investor", view.hand).map(Number);
  const maker = wanted ?? makers.find((seat) => !met.includes(seat)) ?? makers[0];
  const introduce = async (investor: number): Promise<void> => {
    if (maker === undefined || !(await act("introduce", { maker, investor }))) return;
    setMet([...met, maker]);
    setWanted(undefined);
  };
  return (
    <Screen question={t("question.exchange.operator")} handled={["introduce"]}>
      {maker === undefined ? (
        <p class="note">{t("ui.introduce.none")}</p>
      ) : (
        <>
          <p class="meta">{t("command.introduce.help")}</p>
          <h2 aria-live="polite">{t("ui.introduce.to", { name: seatName(view, maker) })}</h2>
          <Complaint failure={failure} />
          <Investors all={investors} onChoose={introduce} />
          <h2>{t("ui.introduce.other")}</h2>
          <Makers all={makers} chosen={maker} onChoose={setWanted} />
        </>
      )}
    </Screen>
  );
}

interface SideProps {
  all: readonly number[];
  onChoose: (seat: number) => void;
}

function Makers({ all, chosen, onChoose }: SideProps & { chosen: number }) {
  return (
    <section class="cards" aria-label={t("ui.final.maker")}>
      {all.map((seat) => (
        <Guest key={seat} seat={seat} chosen={seat === chosen} onChoose={() => onChoose(seat)}>
          <VentureLine maker={seat} />
          <Standing maker={seat} />
        </Guest>
      ))}
    </section>
  );
}

/** Each is a key that introduces at once. */
function Investors({ all, onChoose }: SideProps) {
  const { view } = useRoom();
  return (
    <section class="cards" aria-label={t("ui.final.investor")}>
      {all.map((seat) => (
        <Guest key={seat} seat={seat} note={specialityOf(view, seat)} chosen={false} onChoose={() => onChoose(seat)} />
      ))}
    </section>
  );
}

/** How far a maker's venture is, so that one sees whose speciality it could use. */
function Standing({ maker }: { maker: number }) {
  const { view } = useRoom();
  const venture = view.find("venture", view.find("maker", maker)?.venture ?? 0);
  return venture ? <Tracks tracks={venture.tracks} /> : null;
}

interface GuestProps {
  seat: number;
  note?: string;
  chosen: boolean;
  onChoose: () => void;
  children?: ComponentChildren;
}

function Guest({ seat, note, chosen, onChoose, children }: GuestProps) {
  return (
    <Card teeth={1} chosen={chosen} onChoose={onChoose}>
      <span class="head">
        <span class="grow">
          <Person seat={seat} {...(note === undefined ? {} : { note })} />
        </span>
        <Chosen on={chosen} />
      </span>
      {children}
    </Card>
  );
}
