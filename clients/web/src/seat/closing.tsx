// A venture closes: what it taught first, then where credits and progress went, then what to do next, on one screen.
import { Card } from "../parts/card";
import { Part } from "../parts/tokens";
import { useRoom } from "../store/context";
import type { Venture } from "../store/entities";
import { isAlive, mine } from "../store/mine";
import type { Room } from "../store/room";
import { exitText, seatName, SKILLS, spaceName, stageName, ventureName } from "../texts/names";
import { number, signed } from "../texts/numbers";
import { t, tn } from "../texts";
import { entriesOf } from "./money";
import { RollCard } from "./roll";

/** Return the ventures of this seat that closed this season. */
export function closedNow(room: Room): Venture[] {
  const { season } = room.game.value;
  const seat = room.seat.value;
  return room.view.all("venture").filter((venture) => venture.closed && venture.closed_season === season && [venture.lead, ...venture.cofounders].includes(seat));
}

const WINDING_UP = ["preference", "liquidation", "clearing"];

export function Closing({ venture }: { venture: Venture }) {
  const room = useRoom();
  const { season = 0 } = room.game.value;
  const name = ventureName(room.view, venture.id);
  const money = entriesOf(room, season).filter((entry) => WINDING_UP.includes(entry.reason));
  return (
    <>
      <Card teeth={2}>
        <div class="head comes-apart">
          <span class="name">{t("ui.closed", { venture: name })}</span>
          <Part stage={venture.stage} born={venture.born} closed name={name} size={48} />
        </div>
        <ul class="stack tight">
          <li class="good">{taught(room)}</li>
          {venture.space ? <li class="good">{t("ui.closed.commons", { space: spaceName(room.view, venture.space) })}</li> : null}
          {money.map((entry) => (
            <li key={entry.reason}>
              {t(`reason.${entry.reason}`)} <b class="mono">{signed(entry.amount)}</b>
            </li>
          ))}
        </ul>
        <p class="meta">{exitText(venture.closed)}</p>
      </Card>
      {venture.dice?.length ? <RollCard venture={venture} /> : null}
      <NextMoves />
    </>
  );
}

function taught(room: Room): string {
  const skill = SKILLS.find((_, index) => (room.taught.value[index] ?? 0) > 0);
  return skill ? t("ui.closed.taught", { skill: t(`skill.${skill}`) }) : t("ui.closed.taught.weakest");
}

const MOST_TEAMS = 2;

/** Founding again, or a place in a team: both from the next admission on. */
function NextMoves() {
  const room = useRoom();
  const own = mine(room);
  const teams = room.view.all("venture").filter(isAlive).sort((one, other) => other.stage - one.stage || one.id - other.id);
  return (
    <div class="cards">
      <Card>
        <p>
          <b>{t("ui.closed.found")}</b>
        </p>
        <p class="facts">
          <span>{tn("ui.terms.credits", own.credits)}</span>
          <span>
            {t("term.hours")} <b class="mono">{number(own.hours ?? 0)}</b>
          </span>
          <span>
            {t("term.spirit")} <b class="mono">{number(own.maker?.spirit ?? 0)}</b>
          </span>
        </p>
      </Card>
      {teams.slice(0, MOST_TEAMS).map((team) => (
        <Card key={team.id} teeth={2}>
          <p>
            <b>{t("ui.closed.join", { venture: ventureName(room.view, team.id) })}</b>
          </p>
          <p class="facts">
            <span>{seatName(room.view, team.lead)}</span>
            <span>{stageName(team.stage)}</span>
            <span>{spaceName(room.view, team.space)}</span>
          </p>
        </Card>
      ))}
      <p class="meta">{t("ui.closed.next")}</p>
    </div>
  );
}

/** Badges of one's own that ended this season: the same form, the gain before the loss. */
export function LostBadges() {
  const room = useRoom();
  const since = room.lines.value.filter((line) => line.text === "phase_opened").at(-2)?.number ?? 0;
  const lost = room.lines.value.filter((line) => line.number > since && line.text === "badge_lost" && line.values?.["investor"] === room.seat.value);
  return (
    <>
      {lost.map((line) => (
        <p key={line.number} class="note">
          {t("ui.badge.lost", { space: spaceName(room.view, Number(line.values?.["space"])) })}
        </p>
      ))}
    </>
  );
}
