// Admission for operators: who gets the wild card.
import { Complaint } from "../../../forms/form";
import { Card, Chosen } from "../../../parts/pictures/card";
import { Person } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { kindName } from "../../../store/names";
import { mine } from "../../../store/own_seat";
import { t } from "../../../texts";
import { useSealed } from "../../question/choices";
import { Screen } from "../../question/screen";

export function AdmissionOperator() {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed("wild_card");
  const options = optionsOf(room.command("wild_card"), "seat", view.hand).map(Number);
  const { space } = mine(room);
  const homeless = options.filter((seat) => !isHere(seat));
  function isHere(seat: number): boolean {
    const maker = view.find("maker", seat);
    if (maker) return view.find("venture", maker.venture)?.space === space?.id && maker.venture !== 0;
    return view.find("investor", seat)?.badges?.includes(space?.id ?? 0) ?? false;
  }
  return (
    <Screen
      question={t("question.admission.operator")}
      main={{ label: sealed.own ? t("command.wild_card") : t("ui.nobody") }}
      handled={["wild_card"]}
    >
      {homeless.length === 0 ? (
        <p class="note">{t("ui.wild_card.none")}</p>
      ) : (
        <p class="meta">{t("command.wild_card.help")}</p>
      )}
      <div class="cards">
        {homeless.map((seat) => {
          const chosen = sealed.value?.["seat"] === seat;
          const investor = view.find("investor", seat);
          const maker = view.find("maker", seat);
          const note = investor
            ? kindName(investor.type, investor.speciality)
            : t(`background.${maker?.background ?? "student"}`);
          return (
            <Card key={seat} teeth={1} chosen={chosen} onChoose={() => sealed.set({ seat })}>
              <span class="head">
                <span class="grow">
                  <Person seat={seat} note={note} />
                </span>
                <Chosen on={chosen} />
              </span>
            </Card>
          );
        })}
      </div>
      <Complaint failure={sealed.failure} />
    </Screen>
  );
}
