// Exchange for operators: whom to introduce to whom.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Card, Chosen } from "../../../parts/pictures/card";
import { Person } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { kindName, trackName } from "../../../store/names";
import { t } from "../../../texts";
import { listed } from "../../../texts/numbers";
import { VentureLine } from "../../question/about_people";
import { useAct } from "../../question/choices";
import { Screen } from "../../question/screen";

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
                  <Person
                    seat={seat}
                    note={found ? listed([kindName(found.type, found.speciality), trackName(found.speciality)]) : ""}
                  />
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
