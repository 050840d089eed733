// Market: the board sets price and till, everyone may name the best seller.
import { Complaint } from "../../forms/form";
import { Stepper } from "../../parts/controls/stepper";
import { VerdictWord } from "../../parts/meters/meter";
import { Card, Chosen } from "../../parts/pictures/card";
import { Sym } from "../../parts/pictures/sprite";
import { Part, SectorTile } from "../../parts/pictures/tokens";
import type { Fate } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { boundsOf, optionsOf } from "../../store/legal";
import { stageName, ventureName } from "../../store/names";
import { t } from "../../texts";
import { FateLine, FateOf, OwnFates, Plead } from "../fates/fate_card";
import { span } from "../fates/fate_words";
import { type Standing, useStanding } from "../fates/use_fates";
import { useSealed } from "../question/choices";
import { question } from "../question/question_texts";
import { Screen } from "../question/screen";
import { PhaseRules } from "../tabs/module_rules";
import { type Bounds, boundsIn, Steps } from "./outlook";
import { Rolls } from "./roll";

const HANDLED = ["set_price", "set_reserve", "forecast"];

export function Market() {
  const room = useRoom();
  const { view } = room;
  const role = room.role.value;
  const boards = optionsOf(room.command("set_price"), "venture", view.hand).map(Number);
  const decides = boards.length > 0;
  const standing = useStanding();
  const { fates } = standing;
  const step = decides ? "maker" : "investor"; // there is the forecast for everybody
  return (
    <Screen
      question={question("market", step)}
      handled={HANDLED}
      main={{ label: t("ui.done") }}
      step={decides ? "" : "forecast"}
    >
      {boards.map((venture) => (
        <Board
          key={venture}
          venture={venture}
          bounds={boundsIn(standing)(venture)}
          fate={fates[`venture:${venture}`]}
          isOld={standing.isOld}
        />
      ))}
      {role === "maker" && boards.length === 0 ? <p class="meta">{t("ui.no_board")}</p> : null}
      <ForecastCards fates={fates} />
      <OwnFates standing={standing} without={boards} />
      <PhaseRules />
      <Rolls />
    </Screen>
  );
}

interface BoardProps {
  venture: number;
  bounds: Bounds | undefined;
  fate: Fate | undefined;
  isOld: boolean;
}

function Board({ venture, bounds, fate, isOld }: BoardProps) {
  const room = useRoom();
  const found = room.view.find("venture", venture);
  const price = useSealed("set_price", { venture });
  const reserve = useSealed("set_reserve", { venture });
  const chosen = String(price.value?.["price"] ?? found?.price ?? "");
  const name = ventureName(room.view, venture);
  return (
    <section class="stack">
      <div class="head row">
        {found ? <SectorTile sector={found.sector} /> : null}
        <h2 class="grow">{name}</h2>
        {found ? <Part stage={found.stage} born={found.born} name={name} /> : null}
      </div>
      <FateOf fate={fate} isOld={isOld} unnamed />
      <Prices chosen={chosen} fate={fate} onChoose={(each) => price.set({ price: each })} />
      <Plead fate={fate} />
      <Complaint failure={price.failure} />
      {room.command("set_reserve") ? (
        <Stepper
          label={t("question.market.maker.reserve")}
          value={Number(reserve.value?.["reserve"] ?? found?.reserve ?? 0)}
          {...boundsOf(room.command("set_reserve"), "reserve")}
          step={5}
          unit="%"
          onChange={(value) => reserve.set({ reserve: value })}
        />
      ) : null}
      <Complaint failure={reserve.failure} />
      <Steps bounds={bounds} />
    </section>
  );
}

type Tries = NonNullable<Fate["tries"]>;

interface PricesProps {
  chosen: string;
  fate: Fate | undefined;
  onChoose: (price: string) => void;
}

/** Each price with what it would sell, and whether that is enough. */
function Prices({ chosen, fate, onChoose }: PricesProps) {
  const room = useRoom();
  const prices = optionsOf(room.command("set_price"), "price", room.view.hand).map(String);
  return (
    <div class="stack tight">
      <div class="price-cards">
        {prices.map((each) => (
          <Card key={each} chosen={each === chosen} onChoose={() => onChoose(each)}>
            <span class="name">
              {each === chosen ? <Sym name="check" size={16} /> : null} {t(`price.${each}`)}
            </span>
            <Tried tried={fate?.tries?.[each]} />
          </Card>
        ))}
      </div>
      {chosen ? <p class="meta">{t(`price.${chosen}.blurb`)}</p> : null}
    </div>
  );
}

function Tried({ tried }: { tried: Tries[string] | undefined }) {
  if (!tried) return null;
  return (
    <>
      <span class="amount">{span(tried.least, tried.most)}</span>
      <VerdictWord verdict={tried.verdict} />
    </>
  );
}

/** Return a fate that this season may bring; that nothing closes what sells nothing yet is no help to a guess. */
function inPlay(fate: Fate | undefined): Fate | undefined {
  return fate?.what === "sells" && fate.by === 0 ? undefined : fate;
}

function ForecastCards({ fates }: { fates: Standing["fates"] }) {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed("forecast");
  const options = optionsOf(room.command("forecast"), "venture", view.hand).map(Number);
  const chosen = sealed.value?.["venture"];
  if (options.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("command.forecast")}</h2>
      <p class="meta">{t("command.forecast.help")}</p>
      <div class="cards">
        {options.map((venture) => {
          const found = view.find("venture", venture);
          return (
            <Card key={venture} teeth={2} chosen={venture === chosen} onChoose={() => sealed.set({ venture })}>
              <span class="head">
                {found ? <SectorTile sector={found.sector} size={24} /> : null}
                <span class="name">{ventureName(view, venture)}</span>
                {found ? <span class="meta">{stageName(found.stage)}</span> : null}
                <Chosen on={venture === chosen} />
              </span>
              <FateLine fate={inPlay(fates[`venture:${venture}`])} />
            </Card>
          );
        })}
      </div>
      <Complaint failure={sealed.failure} />
    </section>
  );
}
