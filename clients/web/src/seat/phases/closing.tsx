// A venture closes: what it taught first, then where credits and progress went, then what to do next, on one screen;
// its last roll below.
import "../../parts/meters/meters.css";
import { Meter } from "../../parts/meters/meter";
import { Card, Chosen } from "../../parts/pictures/card";
import { Part } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import { exitText, lineText, SKILLS, seatName, spaceName, stageName, ventureName } from "../../store/names";
import { isAlive, mine } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { t, tn } from "../../texts";
import { number, signed } from "../../texts/numbers";
import { entriesOf } from "../tabs/money";
import { RollCard } from "./roll";
import { useMeant } from "./start_over";

/** Return the ventures of this seat that closed this season. */
export function closedNow(room: Room): Venture[] {
  const { season } = room.game.value;
  const seat = room.seat.value;
  return room.view
    .all("venture")
    .filter(
      (venture) =>
        venture.closed && venture.closed_season === season && [venture.lead, ...venture.cofounders].includes(seat),
    );
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
          {venture.space ? (
            <li class="good">{t("ui.closed.commons", { space: spaceName(room.view, venture.space) })}</li>
          ) : null}
          {money.map((entry) => (
            <li key={entry.reason}>
              {t(`reason.${entry.reason}`)} <b class="mono">{signed(entry.amount)}</b>
            </li>
          ))}
        </ul>
        <Reached venture={venture} />
      </Card>
      <NextMoves />
      {venture.dice?.length ? <RollCard venture={venture} /> : null}
    </>
  );
}

/** Why it closed, and by how much it fell short, where a bar closed it. */
function Reached({ venture: { id, closed } }: { venture: Venture }) {
  const { view } = useRoom();
  const { sold = 0, bar } = view.find("danger", id) ?? {};
  if (closed !== "unsold" || bar === undefined) return <p class="meta">{exitText(closed)}</p>;
  return (
    <span class="fate">
      <Meter
        must={bar}
        line={t("ui.fate.line.sells", { n: number(bar) })}
        least={sold}
        most={sold}
        band={t("ui.fate.short", { sold: number(sold), n: number(bar - sold) })}
        verdict="danger"
      />
      <span class="meta">
        {exitText(closed)} {lineText(view, "closed_below_bar", { venture: id, credits: sold, bar })}
      </span>
    </span>
  );
}

function taught(room: Room): string {
  const skill = SKILLS.find((_, index) => (room.taught.value[index] ?? 0) > 0);
  return skill ? t("ui.closed.taught", { skill: t(`skill.${skill}`) }) : t("ui.closed.taught.weakest");
}

const MOST_TEAMS = 2;
const FOUND = 0;

/** Founding again, or a place in a team: chosen here, and done in the next admission, if there is one. */
function NextMoves() {
  const room = useRoom();
  const own = mine(room);
  const [meant, mean] = useMeant();
  const { season = 0, seasons = 0 } = room.game.value;
  if (season >= seasons) return null;
  const teams = room.view
    .all("venture")
    .filter(isAlive)
    .sort((one, other) => other.stage - one.stage || one.id - other.id);
  return (
    <div class="cards">
      <Card chosen={meant === FOUND} onChoose={() => mean(FOUND)}>
        <Move name={t("ui.closed.found")} chosen={meant === FOUND} />
        <span class="facts">
          <span>{tn("ui.terms.credits", own.credits)}</span>
          <Fact name={t("term.hours")} value={own.hours ?? 0} />
          <Fact name={t("term.spirit")} value={own.maker?.spirit ?? 0} />
        </span>
      </Card>
      {teams.slice(0, MOST_TEAMS).map((team) => (
        <Card key={team.id} teeth={2} chosen={meant === team.id} onChoose={() => mean(team.id)}>
          <Move name={t("ui.closed.join", { venture: ventureName(room.view, team.id) })} chosen={meant === team.id} />
          <span class="facts">
            <span>{seatName(room.view, team.lead)}</span>
            <span>{stageName(team.stage)}</span>
            <span>{spaceName(room.view, team.space)}</span>
            <Fact name={t("term.credits")} value={room.view.find("account", `venture:${team.id}`)?.balance ?? 0} />
          </span>
        </Card>
      ))}
      <p class="meta">
        {t(meant === undefined ? "ui.closed.next" : meant === FOUND ? "ui.closed.next.found" : "ui.closed.next.join")}
      </p>
    </div>
  );
}

function Move({ name, chosen }: { name: string; chosen: boolean }) {
  return (
    <span class="head">
      <b>{name}</b>
      <Chosen on={chosen} />
    </span>
  );
}

function Fact({ name, value }: { name: string; value: number }) {
  return (
    <span>
      {name} <b class="mono">{number(value)}</b>
    </span>
  );
}

/** Badges of one's own that ended this season: the same form, the gain before the loss. */
export function LostBadges() {
  const room = useRoom();
  const since = room.log.lines.value.filter((line) => line.text === "phase_opened").at(-2)?.number ?? 0;
  const lost = room.log.lines.value.filter(
    (line) => line.number > since && line.text === "badge_lost" && line.values?.["investor"] === room.seat.value,
  );
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
