// A seat's own numbers, always in view.

import { sumOf } from "../../forms/values";
import { Sym } from "../../parts/pictures/sprite";
import { useRoom } from "../../store/context";
import { sumsOf } from "../../store/legal";
import { mine } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { t, tn } from "../../texts";
import { number, percent } from "../../texts/numbers";
import { countsFor } from "../question/choices";

export function Purse() {
  const room = useRoom();
  const own = mine(room);
  if (!room.view.find("account", `${own.role}:${own.seat}`)) return null; // rules without money
  const hours = hoursLeft(room);
  const share = own.venture?.shares?.[own.seat];
  return (
    <ul class="purse" aria-label={t("ui.purse")}>
      <Figure name={tn("ui.unit.credits", own.credits)} value={number(own.credits)} />
      {hours === undefined ? null : <Figure name={tn("ui.unit.hours", hours)} value={number(hours)} />}
      {own.maker ? <Figure name={t("ui.unit.spirit")} value={number(own.maker.spirit)} /> : null}
      {share === undefined ? null : <Figure name={t("ui.your_share")} value={percent(share)} />}
      {own.space?.stations ? (
        <Figure name={tn("ui.unit.desks", own.space.stations)} value={number(own.space.stations)} />
      ) : null}
      {own.investor ? (
        <Figure name={tn("ui.unit.badges", own.investor.badges.length)} value={number(own.investor.badges.length)} />
      ) : null}
    </ul>
  );
}

const WORKED = ["market", "appraisal", "recap"]; // phases in which the hours of the season are gone

/** Return the hours that are still to be planned; undefined where there is nothing to do with any. */
function hoursLeft(room: Room): number | undefined {
  const { hours } = mine(room);
  if (hours === undefined || WORKED.includes(room.game.value.phase ?? "")) return undefined;
  const sum = sumsOf(room.command("plan"))[0];
  const planned = room.drafts.of("plan", "").value.args ?? countsFor(room, "plan", {});
  return sum && planned ? Math.max(0, hours - sumOf(sum, planned)) : hours;
}

export function Figure({ name, value, symbol }: { name: string; value: string; symbol?: string }) {
  return (
    <li>
      {symbol ? <Sym name={symbol} size={18} /> : null}
      <b key={value} class="mono changed">
        {value}
      </b>{" "}
      <span class="meta">{name}</span>
    </li>
  );
}
