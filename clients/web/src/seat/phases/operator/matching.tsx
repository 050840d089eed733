// Matching for operators: who needs a push.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Sheet } from "../../../parts/controls/sheet";
import { Stepper } from "../../../parts/controls/stepper";
import { Card } from "../../../parts/pictures/card";
import { useRoom } from "../../../store/context";
import { boundsOf, optionsOf } from "../../../store/legal";
import { ventureName } from "../../../store/names";
import { parameter } from "../../../store/rules";
import { t } from "../../../texts";
import { about } from "../../../texts/numbers";
import { useSheet } from "../../around/sheet_address";
import { TargetHead } from "../../question/about_people";
import { useAct } from "../../question/choices";
import { Consequence } from "../../question/consequence";
import { Screen } from "../../question/screen";

export function MatchingOperator() {
  const room = useRoom();
  const [giving, setGiving] = useSheet("grant");
  const options = optionsOf(room.command("grant"), "venture", room.view.hand).map(Number);
  return (
    <Screen question={t("question.matching.operator")} handled={["grant"]}>
      {options.length === 0 ? <p class="note">{t("ui.grant.none")}</p> : <p class="meta">{t("command.grant.help")}</p>}
      <Given />
      <div class="cards">
        {options.map((id) => (
          <Card key={id} teeth={2}>
            <TargetHead id={id} />
            <div class="acts">
              <Button
                look="ink"
                label={about(t("command.grant"), ventureName(room.view, id))}
                onClick={() => setGiving(id)}
              >
                {t("command.grant")}
              </Button>
            </div>
          </Card>
        ))}
      </div>
      {giving === undefined || !options.includes(giving) ? null : (
        <GrantSheet venture={giving} onClose={() => setGiving(undefined)} />
      )}
    </Screen>
  );
}

/** Whom the space has pushed this season: a grant is not taken back, and its venture is asked for no more. */
function Given() {
  const { view, seat, game } = useRoom();
  const given = view.all("grant").filter((grant) => grant.season === game.value.season && grant.space === seat.value);
  return (
    <>
      {given.map(({ venture, credits }) => (
        <p key={venture} class="note">
          {t("ui.grant.given", { venture: ventureName(view, venture), n: credits })}
        </p>
      ))}
    </>
  );
}

function GrantSheet({ venture, onClose }: { venture: number; onClose: () => void }) {
  const room = useRoom();
  const bounds = boundsOf(room.command("grant"), "credits");
  const [credits, setCredits] = useState(Math.ceil((bounds.min + bounds.max) / 2));
  const back = parameter(room.view, "incubation", "grant_times") * credits;
  const { act, failure } = useAct({ venture, credits });
  return (
    <Sheet title={about(t("command.grant"), ventureName(room.view, venture))} onClose={onClose}>
      <div class="stack">
        <Stepper label={t("field.credits")} value={credits} {...bounds} onChange={setCredits} />
        <Consequence command="grant" args={{ venture, credits }} />
        <p class="meta">{t("ui.grant.back", { n: back })}</p>
        <Complaint failure={failure} />
        <Button look="ink" onClick={async () => (await act("grant", { venture, credits })) && onClose()}>
          {t("command.grant")}
        </Button>
      </div>
    </Sheet>
  );
}
