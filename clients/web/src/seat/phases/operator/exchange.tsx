// Exchange for operators: whom to introduce to whom.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Card, Chosen } from "../../../parts/pictures/card";
import { Person } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { kindName, trackName } from "../../../store/names";
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

export function ExchangeOperator() {
  const room = useRoom();
  const { view } = room;
  const { act, failure } = useAct();
  const [maker, setMaker] = useState<number>();
  const [investor, setInvestor] = useState<number>();
  const form = room.command("introduce");
  const makers = optionsOf(form, "maker", view.hand).map(Number);
  const investors = optionsOf(form, "investor", view.hand).map(Number);
  const introduce = async (): Promise<void> => {
    if (maker !== undefined && investor !== undefined && (await act("introduce", { maker, investor }))) {
      setMaker(undefined);
      setInvestor(undefined);
    }
  };
  return (
    <Screen question={t("question.exchange.operator")} handled={["introduce"]}>
      {makers.length === 0 ? (
        <p class="note">{t("ui.introduce.none")}</p>
      ) : (
        <p class="meta">{t("command.introduce.help")}</p>
      )}
      <Makers all={makers} chosen={maker} onChoose={setMaker} />
      <Investors all={investors} chosen={investor} onChoose={setInvestor} />
      <Complaint failure={failure} />
      {makers.length > 0 ? (
        <Button look="ink" disabled={maker === undefined || investor === undefined} onClick={introduce}>
          {t("command.introduce")}
        </Button>
      ) : null}
    </Screen>
  );
}

interface SideProps {
  all: readonly number[];
  chosen: number | undefined;
  onChoose: (seat: number) => void;
}

function Makers({ all, chosen, onChoose }: SideProps) {
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

function Investors({ all, chosen, onChoose }: SideProps) {
  const { view } = useRoom();
  return (
    <section class="cards" aria-label={t("ui.final.investor")}>
      {all.map((seat) => (
        <Guest
          key={seat}
          seat={seat}
          note={specialityOf(view, seat)}
          chosen={seat === chosen}
          onChoose={() => onChoose(seat)}
        />
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
