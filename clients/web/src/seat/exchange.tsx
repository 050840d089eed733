// Exchange for investors (a clinic for one maker) and operators (whom to introduce to whom).
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/button";
import { Card, Chosen } from "../parts/card";
import { Sheet } from "../parts/sheet";
import { Part, Person, SectorTile } from "../parts/tokens";
import { useRoom } from "../store/context";
import { optionsOf } from "../store/legal";
import { mine } from "../store/mine";
import { kindName, seatName, trackName, ventureName } from "../texts/names";
import { t } from "../texts";
import { Consequence } from "./consequence";
import { Skills } from "./exchange_maker";
import { useAct } from "./hooks";
import { Screen } from "./screen";

export function ExchangeInvestor() {
  const room = useRoom();
  const [teaching, setTeaching] = useState<number>();
  const options = optionsOf(room.command("clinic"), "maker", room.view.hand).map(Number);
  const own = mine(room).investor;
  return (
    <Screen question={t("question.exchange.investor")} handled={["clinic"]}>
      {options.length === 0 ? <p class="note">{t(own?.clinic_used ? "ui.clinic.held" : "ui.clinic.none")}</p> : <p class="meta">{t("command.clinic.help")}</p>}
      <div class="cards">
        {options.map((seat) => (
          <Card key={seat} teeth={1}>
            <div class="head">
              <span class="grow">
                <Person seat={seat} />
              </span>
              <Button look="ink" label={t("ui.clinic.whom", { name: seatName(room.view, seat) })} onClick={() => setTeaching(seat)}>
                {t("ui.teach")}
              </Button>
            </div>
            <Skills seat={seat} />
            <VentureLine maker={seat} />
          </Card>
        ))}
      </div>
      {teaching === undefined ? null : <ClinicSheet maker={teaching} onClose={() => setTeaching(undefined)} />}
    </Screen>
  );
}

function ClinicSheet({ maker, onClose }: { maker: number; onClose: () => void }) {
  const room = useRoom();
  const { act, failure } = useAct();
  return (
    <Sheet title={t("ui.clinic.whom", { name: seatName(room.view, maker) })} onClose={onClose}>
      <div class="stack">
        <p>{t("command.clinic.help")}</p>
        <Consequence command="clinic" args={{ maker }} />
        <Complaint failure={failure} />
        <Button look="ink" onClick={async () => (await act("clinic", { maker })) && onClose()}>
          {t("command.clinic")}
        </Button>
      </div>
    </Sheet>
  );
}

/** A maker's venture in one line. */
export function VentureLine({ maker }: { maker: number }) {
  const { view } = useRoom();
  const id = view.find("maker", maker)?.venture ?? 0;
  const venture = id ? view.find("venture", id) : undefined;
  if (!venture?.card) return null;
  const name = ventureName(view, id);
  return (
    <p class="row">
      <SectorTile sector={venture.sector} size={24} />
      <span>{name}</span>
      <Part stage={venture.stage} born={venture.born} size={24} name={name} />
    </p>
  );
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
      {makers.length === 0 ? <p class="note">{t("ui.introduce.none")}</p> : <p class="meta">{t("command.introduce.help")}</p>}
      <section class="cards" aria-label={t("ui.final.maker")}>
        {makers.map((seat) => (
          <Card key={seat} teeth={1} chosen={seat === maker} onChoose={() => setMaker(seat)}>
            <span class="head">
              <span class="grow">
                <Person seat={seat} />
              </span>
              <Chosen on={seat === maker} />
            </span>
            <VentureLine maker={seat} />
          </Card>
        ))}
      </section>
      <section class="cards" aria-label={t("ui.final.investor")}>
        {investors.map((seat) => {
          const found = view.find("investor", seat);
          return (
            <Card key={seat} teeth={1} chosen={seat === investor} onChoose={() => setInvestor(seat)}>
              <span class="head">
                <span class="grow">
                  <Person seat={seat} note={found ? `${kindName(found.type, found.speciality)}, ${trackName(found.speciality)}` : ""} />
                </span>
                <Chosen on={seat === investor} />
              </span>
            </Card>
          );
        })}
      </section>
      <Complaint failure={failure} />
      {makers.length > 0 ? (
        <Button look="ink" disabled={maker === undefined || investor === undefined} onClick={introduce}>
          {t("command.introduce")}
        </Button>
      ) : null}
    </Screen>
  );
}
