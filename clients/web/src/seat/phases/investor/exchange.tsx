// Exchange for investors: a clinic for one maker, held by one tap.
import { Complaint } from "../../../forms/form";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { mine } from "../../../store/own_seat";
import { t } from "../../../texts";
import { Skills, VentureLine } from "../../question/about_people";
import { useAct } from "../../question/choices";
import { Consequence } from "../../question/consequence";
import { PeopleCards } from "../../question/people_cards";
import { Screen } from "../../question/screen";

export function ExchangeInvestor() {
  const room = useRoom();
  const { act, failure } = useAct();
  const options = optionsOf(room.command("clinic"), "maker", room.view.hand).map(Number);
  const own = mine(room).investor;
  const [first] = options;
  const none = own?.clinic_used ? "ui.clinic.held" : own?.badges.length ? "ui.clinic.none" : "ui.clinic.no_badge";
  return (
    <Screen question={t("question.exchange.investor")} handled={["clinic"]}>
      {first === undefined ? (
        <p class="note">{t(none)}</p>
      ) : (
        <>
          <p class="meta">{t("command.clinic.help")}</p>
          <Consequence command="clinic" args={{ maker: first }} />
        </>
      )}
      <Complaint failure={failure} />
      <PeopleCards
        seats={options}
        button={t("ui.teach")}
        facts={(seat) => (
          <>
            <Skills seat={seat} />
            <VentureLine maker={seat} />
          </>
        )}
        onChoose={(maker) => act("clinic", { maker })}
      />
    </Screen>
  );
}
