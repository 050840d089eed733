// Matching for makers: what each way of matching asks them.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Stepper } from "../../../parts/controls/stepper";
import { Card } from "../../../parts/pictures/card";
import { Term } from "../../../parts/words/term";
import { useRoom } from "../../../store/context";
import { boundsOf, type Schema } from "../../../store/legal";
import { kindName, trackName } from "../../../store/names";
import { mine, placeOf } from "../../../store/own_seat";
import { type Good, packageOf, plays } from "../../../store/rules";
import { t } from "../../../texts";
import { number, percent } from "../../../texts/numbers";
import { FateOf } from "../../fates/fate_card";
import { useStanding } from "../../fates/use_fates";
import { Composer } from "../../offers/composer";
import { FairOffer, hasDeclined } from "../../offers/fair_offer";
import { Inbox } from "../../offers/inbox";
import { useSealed } from "../../question/choices";
import { MyVenture } from "../../tabs/mine_tab";
import { Matching, type Parts } from "../matching";
import { Ranked } from "../ranked_list";
import { TakePart } from "../take_part";
import { Call } from "./call";
import { PeopleToAsk } from "./people_to_ask";

const PARTS: Parts = {
  negotiation: { Body: Bargain, commands: ["answer_terms", "send_terms", "set_floor"] },
  clearinghouse_capital: {
    Body: () => <List command="rank_capital" good="money" />,
    commands: ["rank_capital"],
    label: "command.rank_capital",
  },
  auction: { Body: () => <Call module="auction" command="call_auction" good="money" />, commands: ["call_auction"] },
  planner_capital: {
    Body: () => <TakePart module="planner_capital" command="take_part_capital" good="money" />,
    commands: ["take_part_capital"],
  },
  clearinghouse: { Body: () => <List command="rank" good="hours" />, commands: ["rank"], label: "command.rank" },
  auction_hours: {
    Body: () => <Call module="auction_hours" command="call_auction_hours" good="hours" />,
    commands: ["call_auction_hours"],
  },
  planner: { Body: () => <TakePart module="planner" command="take_part" good="hours" />, commands: ["take_part"] },
};

export function MatchingMaker() {
  return (
    <Matching parts={PARTS}>
      <MyVenture />
    </Matching>
  );
}

function Bargain() {
  const room = useRoom();
  return (
    <>
      {placeOf(room, room.seat.value) === 0 ? <p class="note">{t("ui.garage.matching")}</p> : null}
      <Unborn urgent />
      <Inbox />
      <AskForMoney />
      <Unborn />
      <Floor />
    </>
  );
}

/** What an idea needs by when so as not to close: here it can still get it. On top only where this season ends it. */
function Unborn({ urgent = false }: { urgent?: boolean }) {
  const { venture } = mine(useRoom());
  const { fates, isOld } = useStanding();
  const fate = venture && !venture.born ? fates[`venture:${venture.id}`] : undefined;
  return fate && urgent === (fate.verdict !== "time") ? (
    <Card teeth={2}>
      <FateOf fate={fate} isOld={isOld} />
    </Card>
  ) : null;
}

function List({ command, good }: { command: string; good: Good }) {
  const { view } = useRoom();
  return (
    <Ranked command={command} field="investors" note={(seat) => <InvestorFacts seat={seat} good={good} />} costs>
      {good === "hours" ? <p class="meta">{t("ui.rank.brings", { hours: packageOf(view, good) })}</p> : null}
    </Ranked>
  );
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
      facts={(seat) => <InvestorFacts seat={seat} good="money" />}
      isSensible={(seat) => !hasDeclined(room, { investor: seat })}
      atOnce={(seat, isFirst) => (isFirst ? <FairOffer party={{ investor: seat }} /> : null)}
      question={(seat, close) => <Composer party={{ investor: seat }} onClose={close} />}
    />
  );
}

/** Who an investor is, and what it asks for a package of a good where that is posted. */
export function InvestorFacts({ seat, good }: { seat: number; good: Good }) {
  const room = useRoom();
  const { view } = room;
  const investor = view.find("investor", seat);
  const asks = good === "money" ? view.find("capital_terms", seat)?.shares : undefined;
  if (!investor) return null;
  return (
    <span class="facts">
      <span>{kindName(investor.type, investor.speciality)}</span>
      <span>{t("ui.helps_with", { track: trackName(investor.speciality) })}</span>
      <span>
        {t("ui.credits.as_opened")} <b class="mono">{number(view.find("account", `investor:${seat}`)?.balance ?? 0)}</b>
      </span>
      {good === "hours" && plays(view, "clearinghouse") ? (
        <span>
          {t("ui.package.asks", {
            fee: investor.fee ?? 0,
            share: percent(investor.shares ?? 0),
            hours: packageOf(view, "hours"),
          })}
        </span>
      ) : null}
      {asks === undefined ? null : (
        <span>{t("ui.asks", { amount: packageOf(view, "money"), share: percent(asks) })}</span>
      )}
    </span>
  );
}

function Floor() {
  const room = useRoom();
  const schema = room.command("set_floor");
  const sealed = useSealed("set_floor");
  const [open, setOpen] = useState(false);
  if (!schema) return null;
  const value = (field: FloorField): number => Number(sealed.value?.[field] ?? boundsOf(schema, field).min);
  const floor = { credits: value("credits"), shares: value("shares") };
  return (
    <Card>
      <div class="row spread">
        <span>
          <b>
            <Term word="floor" />
          </b>{" "}
          <span class="meta">
            {sealed.value
              ? t("ui.floor.now", { credits: floor.credits, share: percent(floor.shares) })
              : t("ui.floor.none")}
          </span>
        </span>
        {open ? null : <Button onClick={() => setOpen(true)}>{t("ui.change")}</Button>}
      </div>
      {open ? <FloorFields schema={schema} floor={floor} onChange={sealed.set} /> : null}
      {open ? (
        <Button
          look="ink"
          onClick={() => {
            sealed.set(floor); // what stands there counts, touched or not
            setOpen(false);
          }}
        >
          {t("ui.floor.keep", { credits: floor.credits, share: percent(floor.shares) })}
        </Button>
      ) : null}
      <Complaint failure={sealed.failure} />
    </Card>
  );
}

type FloorField = "credits" | "shares";

interface FloorFieldsProps {
  schema: Schema;
  floor: { readonly [field in FloorField]: number };
  onChange: (floor: { [field in FloorField]: number }) => void;
}

function FloorFields({ schema, floor, onChange }: FloorFieldsProps) {
  return (
    <div class="stack tight">
      <p class="meta">{t("command.set_floor.help")}</p>
      <Stepper
        label={t("ui.floor.credits")}
        value={floor.credits}
        {...boundsOf(schema, "credits")}
        step={5}
        onChange={(credits) => onChange({ ...floor, credits })}
      />
      <Stepper
        label={t("ui.floor.shares")}
        value={floor.shares}
        {...boundsOf(schema, "shares")}
        step={100}
        shares
        onChange={(shares) => onChange({ ...floor, shares })}
      />
    </div>
  );
}
