// Admission for operators: who gets the wild card.
import { Complaint } from "../../../forms/form";
import { Card, Chosen } from "../../../parts/pictures/card";
import { Person } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import type { Space } from "../../../store/entities";
import { optionsOf } from "../../../store/legal";
import { kindName } from "../../../store/names";
import { mine } from "../../../store/own_seat";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { Skills, VentureLine } from "../../question/about_people";
import { useSealed } from "../../question/choices";
import { Screen } from "../../question/screen";

/** Return whether a maker works in a space, or an investor has its badge. */
function isAt(view: View, space: Space | undefined, seat: number): boolean {
  const maker = view.find("maker", seat);
  if (maker) return view.find("venture", maker.venture)?.space === space?.id && maker.venture !== 0;
  return view.find("investor", seat)?.badges?.includes(space?.id ?? 0) ?? false;
}

export function AdmissionOperator() {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed("wild_card");
  const options = optionsOf(room.command("wild_card"), "seat", view.hand).map(Number);
  const { space } = mine(room);
  const homeless = options.filter((seat) => !isAt(view, space, seat));
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
        {homeless.map((seat) => (
          <Guest
            key={seat}
            seat={seat}
            chosen={sealed.value?.["seat"] === seat}
            onChoose={() => sealed.set({ seat })}
          />
        ))}
      </div>
      <Complaint failure={sealed.failure} />
    </Screen>
  );
}

/** What is known of a guest: a maker's skills, venture and last pitch here, or what an investor is judged by. */
function Known({ seat }: { seat: number }) {
  const { view } = useRoom();
  const investor = view.find("investor", seat);
  const bar = mine(useRoom()).space?.investor_bar ?? 0;
  if (investor) {
    const key = investor.credential >= bar ? "ui.wild_card.enough" : "ui.wild_card.credential";
    return <span class="meta">{t(key, { n: investor.credential, bar })}</span>;
  }
  const pitch = view.find("pitch", seat);
  return (
    <>
      <Skills seat={seat} />
      <VentureLine maker={seat} />
      {pitch ? <span class="meta">{t("ui.wild_card.pitch", { score: pitch.score, bar: pitch.bar })}</span> : null}
    </>
  );
}

function Guest({ seat, chosen, onChoose }: { seat: number; chosen: boolean; onChoose: () => void }) {
  const { view } = useRoom();
  const investor = view.find("investor", seat);
  const background = view.find("maker", seat)?.background ?? "student";
  const note = investor ? kindName(investor.type, investor.speciality) : t(`background.${background}`);
  return (
    <Card teeth={1} chosen={chosen} onChoose={onChoose}>
      <span class="head">
        <span class="grow">
          <Person seat={seat} note={note} />
        </span>
        <Chosen on={chosen} />
      </span>
      <Known seat={seat} />
    </Card>
  );
}
