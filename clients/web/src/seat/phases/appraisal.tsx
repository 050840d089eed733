// Appraisal for makers and investors: ratings of those they worked with.
import { Complaint } from "../../forms/form";
import { Options } from "../../parts/controls/options";
import { Card } from "../../parts/pictures/card";
import { Person } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import { boundsOf, optionsOf } from "../../store/legal";
import { seatName, spaceName } from "../../store/names";
import { plays } from "../../store/rules";
import { has, t } from "../../texts";
import { MyFates } from "../fates/fate_card";
import { countsFor, useSealed } from "../question/choices";
import { Screen } from "../question/screen";
import { Dangers } from "../tabs/decided";
import { PhaseRules } from "../tabs/module_rules";
import { MarketMoney } from "../tabs/money";

const HANDLED = ["rate", "wild_card"];

export function AppraisalRating() {
  const room = useRoom();
  const role = room.role.value;
  const seats = optionsOf(room.command("rate"), "seat", room.view.hand).map(Number);
  const hasRated = seats.some((seat) => countsFor(room, "rate", { seat }));
  return (
    <Screen
      question={t(`question.appraisal.${role}`)}
      main={{ label: t(seats.length === 0 ? "ui.done" : hasRated ? "command.rate" : "ui.rate.skip") }}
      handled={HANDLED}
    >
      {seats.length === 0 ? <p class="note">{t("ui.rate.none")}</p> : <p class="meta">{t("command.rate.help")}</p>}
      <div class="cards">
        {seats.map((seat) => (
          <Rate key={seat} seat={seat} />
        ))}
      </div>
      <MyFates />
      {plays(room.view, "threshold") ? null : <Dangers />}
      <PhaseRules />
      <MarketMoney />
    </Screen>
  );
}

function Rate({ seat }: { seat: number }) {
  const room = useRoom();
  const sealed = useSealed("rate", { seat });
  const { min, max } = boundsOf(room.command("rate"), "score");
  const scores = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  const space = room.view.find("space", seat);
  const chosen = Number(sealed.value?.["score"] ?? 0);
  return (
    <Card teeth={space ? 3 : 1}>
      <Person seat={seat} {...(space ? { note: spaceName(room.view, seat) } : {})} />
      <Options
        label={
          has(`rating.${chosen}`)
            ? t(`rating.${chosen}`)
            : `${min} ${t(`rating.${min}`)} … ${max} ${t(`rating.${max}`)}`
        }
        options={scores.map((score) => ({ value: score, label: String(score) }))}
        value={chosen || undefined}
        whom={seatName(room.view, seat)}
        onChange={(score) => sealed.set({ score })}
      />
      <Complaint failure={sealed.failure} />
    </Card>
  );
}
