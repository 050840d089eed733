// Recap: how one stands, and something to talk about; no hurry.

import { Card } from "../../parts/pictures/card";
import { placed } from "../../parts/results/standings";
import { useRoom } from "../../store/context";
import { mine } from "../../store/own_seat";
import { t, tn } from "../../texts";
import { number, signed } from "../../texts/numbers";
import { MyFates } from "../fates/fate_card";
import { MyQuestions } from "../question/my_questions";
import { Screen } from "../question/screen";
import { StandingParts } from "../tabs/decided";
import { MyVenture } from "../tabs/mine_tab";
import { SeasonMoney } from "../tabs/money";
import { Closing, closedNow, LostBadges } from "./closing";

export function Recap() {
  const room = useRoom();
  const role = room.role.value;
  const closed = closedNow(room);
  const { season = 0, seasons = 0 } = room.game.value;
  const starts = closed.length > 0 && season < seasons;
  return (
    <Screen
      question={t(starts ? "question.appraisal.maker.closed" : `question.recap.${role}`)}
      main={{ label: t("ui.got_it") }}
      handled={[]}
    >
      {closed.map((venture) => (
        <Closing key={venture.id} venture={venture} />
      ))}
      <LostBadges />
      <OwnStanding />
      <MyQuestions />
      <SeasonMoney />
      <MyVenture />
      {season < seasons ? <MyFates /> : null}
      <p class="note">{t("ui.recap.talk")}</p>
    </Screen>
  );
}

function OwnStanding() {
  const room = useRoom();
  const { seat, role, maker } = mine(room);
  const standings = room.view.find("score", seat)?.standings ?? [];
  const rows = placed(room, role);
  const own = rows.find((row) => row.seat === seat);
  const moved = (standings.at(-1) ?? 0) - (standings.at(-2) ?? 0);
  if (!own) return null;
  return (
    <Card teeth={1}>
      <p>
        {rows.length > 1 ? t("ui.standing", { place: own.place, all: rows.length }) : t("ui.standing.alone")}{" "}
        <b class="mono figure">{number(own.score)}</b> {tn("ui.unit.points", own.score)}{" "}
        {standings.length > 1 && moved !== 0 ? <span class="mono">{signed(moved)}</span> : null}
      </p>
      <StandingParts />
      {maker ? (
        <p class="facts">
          <span>
            {t("ui.ties")} <b class="mono">{maker.ties.length}</b>
          </span>
        </p>
      ) : null}
    </Card>
  );
}
