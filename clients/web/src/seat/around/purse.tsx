// A seat's own numbers, always in view.
import { Sym } from "../../parts/pictures/sprite";
import { useRoom } from "../../store/context";
import { mine } from "../../store/own_seat";
import { t, tn } from "../../texts";
import { number, percent } from "../../texts/numbers";

export function Purse() {
  const room = useRoom();
  const own = mine(room);
  if (!room.view.find("account", `${own.role}:${own.seat}`)) return null; // rules without money
  const share = own.venture?.shares?.[own.seat];
  return (
    <ul class="purse" aria-label={t("ui.purse")}>
      <Figure name={tn("ui.unit.credits", own.credits)} value={number(own.credits)} />
      {own.hours === undefined ? null : <Figure name={tn("ui.unit.hours", own.hours)} value={number(own.hours)} />}
      {own.maker ? <Figure name={t("ui.unit.spirit")} value={number(own.maker.spirit)} /> : null}
      {share === undefined ? null : <Figure name={t("ui.your_share")} value={percent(share)} />}
      {own.space ? <Figure name={tn("ui.unit.desks", own.space.stations)} value={number(own.space.stations)} /> : null}
      {own.investor ? (
        <Figure name={tn("ui.unit.badges", own.investor.badges.length)} value={number(own.investor.badges.length)} />
      ) : null}
    </ul>
  );
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
