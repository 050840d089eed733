// Recap: how one stands, and something to talk about; no hurry.
import { Card } from "../parts/card";
import { useRoom } from "../store/context";
import { placed } from "../debrief/final";
import { mine } from "../store/mine";
import { exitText } from "../texts/names";
import { ventureName } from "../texts/names";
import { number, signed } from "../texts/numbers";
import { t } from "../texts";
import { RollCard } from "./market";
import { MyVenture } from "./mine_tab";
import { Screen } from "./screen";

export function Recap() {
  const room = useRoom();
  const { seat, role, maker } = mine(room);
  const score = room.view.find("score", seat);
  const standings = score?.standings ?? [];
  const rows = placed(room, role);
  const own = rows.find((row) => row.seat === seat);
  const moved = (standings.at(-1) ?? 0) - (standings.at(-2) ?? 0);
  return (
    <Screen question={t(`question.recap.${role}`)} main={{ label: t("ui.got_it") }} handled={[]}>
      {own ? (
        <Card teeth={1}>
          <p>
            {t("ui.standing", { place: own.place, all: rows.length })} <b class="mono figure">{number(own.score)}</b>{" "}
            {standings.length > 1 ? <span class="mono">{signed(moved)}</span> : null}
          </p>
          {maker ? (
            <p class="facts">
              <span>
                {t("term.spirit")} <b class="mono">{maker.spirit}</b>
              </span>
              <span>
                {t("ui.ties")} <b class="mono">{maker.ties.length}</b>
              </span>
            </p>
          ) : null}
        </Card>
      ) : null}
      <Closed />
      <MyVenture />
      <p class="note">{t("ui.recap.talk")}</p>
    </Screen>
  );
}

/** A venture of one's own that closed this season: what happened, and that the game goes on. */
export function Closed() {
  const room = useRoom();
  const season = room.game.value.season;
  const own = room.view.all("venture").filter((venture) => venture.closed && venture.closed_season === season && [venture.lead, ...venture.cofounders].includes(room.seat.value));
  return (
    <>
      {own.map((venture) => (
        <Card key={venture.id} teeth={2}>
          <p>
            <b>{t("ui.closed", { venture: ventureName(room.view, venture.id) })}</b>
          </p>
          {venture.dice?.length ? <RollCard venture={venture} /> : null}
          <p class="meta">{exitText(venture.closed)}</p>
          <p>{t("ui.closed.next")}</p>
        </Card>
      ))}
    </>
  );
}
