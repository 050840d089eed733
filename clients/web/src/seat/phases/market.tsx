// Market: the board sets price and till, everyone may name the best seller.
import { Complaint } from "../../forms/form";
import { Stepper } from "../../parts/controls/stepper";
import { Card, Chosen } from "../../parts/pictures/card";
import { Part, SectorTile } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import { boundsOf, optionsOf } from "../../store/legal";
import { stageName, ventureName } from "../../store/names";
import { t } from "../../texts";
import { useSealed } from "../question/choices";
import { question } from "../question/question_texts";
import { Screen } from "../question/screen";
import { PhaseRules } from "../tabs/module_rules";
import { type Bounds, Steps, useOutlook } from "./outlook";
import { Rolls } from "./roll";

const HANDLED = ["set_price", "set_reserve", "forecast"];

export function Market() {
  const room = useRoom();
  const { view } = room;
  const role = room.role.value;
  const boards = optionsOf(room.command("set_price"), "venture", view.hand).map(Number);
  const decides = role === "maker" && boards.length > 0;
  const outlook = useOutlook();
  const step = decides ? role : "investor"; // there is the forecast for everybody
  return (
    <Screen
      question={question("market", step)}
      handled={HANDLED}
      main={{ label: t("ui.done") }}
      step={decides ? "" : "forecast"}
    >
      <Rolls />
      <PhaseRules />
      {boards.map((venture) => (
        <Board key={venture} venture={venture} bounds={outlook(venture)} />
      ))}
      {role === "maker" && boards.length === 0 ? <p class="meta">{t("ui.no_board")}</p> : null}
      <ForecastCards />
    </Screen>
  );
}

function Board({ venture, bounds }: { venture: number; bounds: Bounds | undefined }) {
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
      <Prices chosen={chosen} onChoose={(each) => price.set({ price: each })} />
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

function Prices({ chosen, onChoose }: { chosen: string; onChoose: (price: string) => void }) {
  const room = useRoom();
  const prices = optionsOf(room.command("set_price"), "price", room.view.hand).map(String);
  return (
    <div class="cards">
      {prices.map((each) => (
        <Card key={each} chosen={each === chosen} onChoose={() => onChoose(each)}>
          <span class="head">
            <span class="name">{t(`price.${each}`)}</span>
            <Chosen on={each === chosen} />
          </span>
          <span class="meta">{t(`price.${each}.blurb`)}</span>
        </Card>
      ))}
    </div>
  );
}

function ForecastCards() {
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
            </Card>
          );
        })}
      </div>
      <Complaint failure={sealed.failure} />
    </section>
  );
}
