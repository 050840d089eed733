// Matching for makers: whose money, then whose hours in what order.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/button";
import { Card } from "../../parts/card";
import { Ranking } from "../../parts/ranking";
import { Stepper } from "../../parts/stepper";
import { useRoom } from "../../store/context";
import { boundsOf, optionsOf } from "../../store/legal";
import { mine, placeOf } from "../../store/mine";
import { kindName, seatName, trackName } from "../../texts/names";
import { number, percent } from "../../texts/numbers";
import { t } from "../../texts";
import { useSealed } from "../hooks";
import { MyVenture } from "../mine_tab";
import { Composer, Inbox } from "../offers";
import { type Half, Halves } from "../halves";
import { Screen } from "../screen";
import { PeopleToAsk } from "./people_to_ask";

export function MatchingMaker() {
  const room = useRoom();
  const [half, setHalf] = useState<Half>("money");
  const ranks = room.command("rank") !== undefined;
  const toHours = (): boolean => {
    setHalf("hours");
    return true;
  };
  const handled = ["answer_terms", "send_terms", "set_floor", "rank"];
  if (half === "money" || !ranks) {
    const main = ranks ? { label: t("ui.to_hours"), act: toHours, stays: true } : { label: t("ui.done") };
    return (
      <Screen question={t("question.matching.maker")} main={main} handled={handled}>
        {ranks ? <Halves half={half} onChange={setHalf} /> : null}
        {placeOf(room, room.seat.value) === 0 ? <p class="note">{t("ui.garage.matching")}</p> : null}
        <Inbox />
        <AskForMoney />
        <Floor />
        <MyVenture />
      </Screen>
    );
  }
  return <Hours onHalf={setHalf} handled={handled} />;
}

/** Investors one may approach, those with a badge here first. */
function AskForMoney() {
  const room = useRoom();
  const here = placeOf(room, room.seat.value);
  return (
    <PeopleToAsk
      command="send_terms"
      field="investor"
      worth={(seat) => (room.view.find("investor", seat)?.badges?.includes(here) ? 1 : 0)}
      facts={(seat) => <InvestorFacts seat={seat} />}
      question={(seat, close) => <Composer party={{ investor: seat }} onClose={close} />}
    />
  );
}

export function InvestorFacts({ seat }: { seat: number }) {
  const { view } = useRoom();
  const investor = view.find("investor", seat);
  if (!investor) return null;
  return (
    <span class="facts">
      <span>{kindName(investor.type, investor.speciality)}</span>
      <span>{t("ui.helps_with", { track: trackName(investor.speciality) })}</span>
      <span>
        {t("term.credits")} <b class="mono">{number(view.find("account", `investor:${seat}`)?.balance ?? 0)}</b>
      </span>
      <span>
        {t("term.package")}{" "}
        <b class="mono">{t("ui.package", { fee: investor.fee ?? 0, share: percent(investor.shares ?? 0) })}</b>
      </span>
    </span>
  );
}

function Floor() {
  const room = useRoom();
  const schema = room.command("set_floor");
  const sealed = useSealed("set_floor");
  const [open, setOpen] = useState(false);
  if (!schema) return null;
  const value = (field: "credits" | "shares"): number => Number(sealed.value?.[field] ?? boundsOf(schema, field).min);
  const set = (field: "credits" | "shares", amount: number): void => sealed.set({ credits: value("credits"), shares: value("shares"), [field]: amount });
  return (
    <Card>
      <div class="row spread">
        <span>
          <b>{t("term.floor")}</b>{" "}
          <span class="meta">{sealed.value ? t("ui.floor.now", { credits: value("credits"), share: percent(value("shares")) }) : t("ui.floor.none")}</span>
        </span>
        <Button onClick={() => setOpen(!open)}>{t("ui.change")}</Button>
      </div>
      {open ? (
        <div class="stack tight">
          <p class="meta">{t("command.set_floor.help")}</p>
          <Stepper label={t("ui.floor.credits")} value={value("credits")} {...boundsOf(schema, "credits")} step={5} onChange={(amount) => set("credits", amount)} />
          <Stepper label={t("ui.floor.shares")} value={value("shares")} {...boundsOf(schema, "shares")} step={100} note={percent(value("shares"))} onChange={(amount) => set("shares", amount)} />
        </div>
      ) : null}
      <Complaint failure={sealed.failure} />
    </Card>
  );
}

function Hours({ onHalf, handled }: { onHalf: (half: Half) => void; handled: readonly string[] }) {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed("rank", {}, false);
  const form = room.command("rank");
  const options = optionsOf(form, "investors", view.hand).map(Number);
  const chosen = ((sealed.value?.["investors"] ?? []) as number[]).filter((seat) => options.includes(seat));
  const most = form?.properties?.["investors"]?.maxItems ?? options.length;
  const { venture } = mine(room);
  return (
    <Screen question={t("question.matching.maker.hours")} main={{ label: t("command.rank") }} handled={handled}>
      <Halves half="hours" onChange={onHalf} />
      <p class="meta">{t("command.rank.help")}</p>
      <Ranking
        options={options}
        chosen={chosen}
        most={most}
        name={(seat) => seatName(view, seat)}
        note={(seat) => <InvestorFacts seat={seat} />}
        below={t("ui.rank.below")}
        onChange={(investors) => sealed.set({ investors })}
      />
      <Complaint failure={sealed.failure} />
      {venture ? <MyVenture /> : null}
    </Screen>
  );
}
