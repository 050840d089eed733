// Appraisal for operators: whom the unused wild card spares.
import { Complaint } from "../../../forms/form";
import { Card, Chosen } from "../../../parts/pictures/card";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { seatName, ventureName } from "../../../store/names";
import { plays } from "../../../store/rules";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { useSealed } from "../../question/choices";
import { Screen } from "../../question/screen";
import { dangerText } from "../../tabs/decided";
import { PhaseRules } from "../../tabs/module_rules";
import { MarketMoney } from "../../tabs/money";

export function AppraisalOperator() {
  const room = useRoom();
  const spares = !plays(room.view, "none"); // else nobody goes whom a card could spare
  const sealed = useSealed("wild_card");
  const form = room.command("wild_card");
  const seats = optionsOf(form, "seat", room.view.hand).map(Number);
  const ventures = optionsOf(form, "venture", room.view.hand).map(Number);
  return (
    <Screen
      question={t(spares ? "question.appraisal.operator" : "question.appraisal.operator.none")}
      main={{ label: t(!spares ? "ui.done" : sealed.own ? "command.wild_card" : "ui.nobody") }}
      handled={["wild_card", "rate"]}
    >
      {form ? <p class="meta">{t("command.wild_card.help")}</p> : spares ? <NoCard /> : null}
      <div class="cards">
        {ventures.map((venture) => (
          <Spare
            key={`venture${venture}`}
            name={ventureName(room.view, venture)}
            note={howItStands(room.view, venture)}
            chosen={sealed.value?.["venture"] === venture}
            onChoose={() => sealed.set({ venture })}
          />
        ))}
        {seats.map((seat) => (
          <Spare
            key={`seat${seat}`}
            name={seatName(room.view, seat)}
            chosen={sealed.value?.["seat"] === seat}
            onChoose={() => sealed.set({ seat })}
          />
        ))}
      </div>
      <Complaint failure={sealed.failure} />
      <PhaseRules />
      <MarketMoney />
    </Screen>
  );
}

function howItStands(view: View, venture: number): string {
  const danger = view.find("danger", venture);
  return danger ? dangerText(view, danger) : "";
}

function NoCard() {
  const room = useRoom();
  const used = room.view.find("space", room.seat.value)?.wild_card_used;
  return <p class="note">{t(used ? "ui.wild_card.used" : "ui.wild_card.idle")}</p>;
}

interface SpareProps {
  name: string;
  /** How a venture stands; a person has none. */
  note?: string;
  chosen: boolean;
  onChoose: () => void;
}

function Spare({ name, note, chosen, onChoose }: SpareProps) {
  return (
    <Card teeth={note === undefined ? 1 : 2} chosen={chosen} onChoose={onChoose}>
      <span class="head">
        <span class="name">{name}</span>
        <Chosen on={chosen} />
      </span>
      {note ? <span class="meta">{note}</span> : null}
    </Card>
  );
}
