// Appraisal for operators: whom the unused wild card spares.
import { Complaint } from "../../../forms/form";
import { Card, Chosen, type Teeth } from "../../../parts/pictures/card";
import type { Fate } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { seatName, ventureName } from "../../../store/names";
import { plays } from "../../../store/rules";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { FateOf, OwnFates } from "../../fates/fate_card";
import { type Standing, useStanding } from "../../fates/use_fates";
import { type Sealed, useSealed } from "../../question/choices";
import { Screen } from "../../question/screen";
import { dangerText } from "../../tabs/decided";
import { PhaseRules } from "../../tabs/module_rules";
import { MarketMoney } from "../../tabs/money";

export function AppraisalOperator() {
  const room = useRoom();
  const spares = !plays(room.view, "none"); // else nobody goes whom a card could spare
  const standing = useStanding();
  const sealed = useSealed("wild_card");
  const form = room.command("wild_card");
  return (
    <Screen
      question={t(spares ? "question.appraisal.operator" : "question.appraisal.operator.none")}
      main={{ label: t(!spares ? "ui.done" : sealed.own ? "command.wild_card" : "ui.nobody") }}
      handled={["wild_card", "rate"]}
    >
      {form ? <p class="meta">{t("command.wild_card.help")}</p> : spares ? <NoCard /> : null}
      <Candidates standing={standing} sealed={sealed} />
      <Complaint failure={sealed.failure} />
      <OwnFates standing={standing} />
      <PhaseRules />
      <MarketMoney />
    </Screen>
  );
}

/** Whom the wild card may spare, each with what it must reach and what is known of it. */
function Candidates({ standing: { fates, isOld }, sealed }: { standing: Standing; sealed: Sealed }) {
  const room = useRoom();
  const form = room.command("wild_card");
  const ventures = optionsOf(form, "venture", room.view.hand)
    .map(Number)
    .map((venture) => ({
      args: { venture },
      name: ventureName(room.view, venture),
      teeth: 2 as const,
      note: howItStands(room.view, venture),
      fate: fates[`venture:${venture}`],
      chosen: sealed.value?.["venture"] === venture,
    }));
  const seats = optionsOf(form, "seat", room.view.hand)
    .map(Number)
    .map((seat) => ({
      args: { seat },
      name: seatName(room.view, seat),
      teeth: 1 as const,
      fate: fates[`badge:${seat}:${room.seat.value}`],
      chosen: sealed.value?.["seat"] === seat,
    }));
  return (
    <div class="cards">
      {byDanger([...ventures, ...seats]).map(({ args, ...each }) => (
        <Spare key={JSON.stringify(args)} {...each} isOld={isOld} onChoose={() => sealed.set(args)} />
      ))}
    </div>
  );
}

const SAFE = "safe";

/** Return those first who may go; whoever is safe needs no card. */
function byDanger<Each extends { fate: Fate | undefined }>(all: readonly Each[]): Each[] {
  const rank = ({ fate }: Each): number => (fate?.verdict === "danger" ? 0 : fate?.verdict === SAFE ? 2 : 1);
  return [...all].sort((one, other) => rank(one) - rank(other));
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
  teeth: Teeth;
  /** How it stands where no bar tells. */
  note?: string;
  fate: Fate | undefined;
  isOld: boolean;
  chosen: boolean;
  onChoose: () => void;
}

function Spare({ name, teeth, note = "", fate, isOld, chosen, onChoose }: SpareProps) {
  return (
    <Card teeth={teeth} chosen={chosen} onChoose={onChoose}>
      <span class="head">
        <span class="name">{name}</span>
        <Chosen on={chosen} />
      </span>
      {fate ? <FateOf fate={fate} isOld={isOld} unnamed /> : <span class="meta">{note}</span>}
    </Card>
  );
}
