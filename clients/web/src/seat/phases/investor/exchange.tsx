// Exchange for investors: a clinic for one maker.
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Sheet } from "../../../parts/controls/sheet";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { seatName } from "../../../store/names";
import { mine } from "../../../store/own_seat";
import { t } from "../../../texts";
import { useSheet } from "../../around/sheet_address";
import { Skills, VentureLine } from "../../question/about_people";
import { useAct } from "../../question/choices";
import { Consequence } from "../../question/consequence";
import { PeopleCards } from "../../question/people_cards";
import { Screen } from "../../question/screen";

export function ExchangeInvestor() {
  const room = useRoom();
  const [teaching, setTeaching] = useSheet("clinic");
  const options = optionsOf(room.command("clinic"), "maker", room.view.hand).map(Number);
  const own = mine(room).investor;
  return (
    <Screen question={t("question.exchange.investor")} handled={["clinic"]}>
      {options.length === 0 ? (
        <p class="note">{t(own?.clinic_used ? "ui.clinic.held" : "ui.clinic.none")}</p>
      ) : (
        <p class="meta">{t("command.clinic.help")}</p>
      )}
      <PeopleCards
        seats={options}
        button={t("ui.teach")}
        spoken="ui.clinic.whom"
        facts={(seat) => (
          <>
            <Skills seat={seat} />
            <VentureLine maker={seat} />
          </>
        )}
        onChoose={setTeaching}
      />
      {teaching === undefined || !options.includes(teaching) ? null : (
        <ClinicSheet maker={teaching} onClose={() => setTeaching(undefined)} />
      )}
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
