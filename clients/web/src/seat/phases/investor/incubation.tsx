// Incubation for investors: promises kept or sold, and a look for free hours.
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Confirm } from "../../../parts/controls/sheet";
import { Stepper } from "../../../parts/controls/stepper";
import { Card } from "../../../parts/pictures/card";
import { SectorTile } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { trackName, ventureName } from "../../../store/names";
import { dealsNow, mine } from "../../../store/own_seat";
import { t, tn } from "../../../texts";
import { about } from "../../../texts/numbers";
import { useSheet } from "../../around/sheet_address";
import { knownRange } from "../../question/about_people";
import { useAct, useSealed } from "../../question/choices";
import { Consequence } from "../../question/consequence";
import { Screen } from "../../question/screen";
import { type Bounds, Ghosts, useOutlook } from "../outlook";

export function IncubationInvestor() {
  const room = useRoom();
  const ventures = optionsOf(room.command("deliver"), "venture", room.view.hand).map(Number);
  const outlook = useOutlook();
  return (
    <Screen
      question={t("question.incubation.investor")}
      main={{ label: t(ventures.length > 0 ? "command.deliver" : "ui.done") }}
      handled={["deliver", "scout"]}
    >
      {ventures.length === 0 ? (
        <p class="note">{t("ui.deliver.none")}</p>
      ) : (
        <p class="meta">{t("command.deliver.help")}</p>
      )}
      <div class="cards">
        {ventures.map((venture) => (
          <Deliver key={venture} venture={venture} bounds={outlook(venture)} />
        ))}
      </div>
      <Scout />
    </Screen>
  );
}

function Deliver({ venture, bounds }: { venture: number; bounds: Bounds | undefined }) {
  const room = useRoom();
  const sealed = useSealed("deliver", { venture });
  const found = room.view.find("venture", venture);
  const promised = dealsNow(room)
    .filter((deal) => deal.venture === venture)
    .reduce((hours, deal) => hours + deal.hours, 0);
  return (
    <Card teeth={2}>
      <div class="head">
        {found ? <SectorTile sector={found.sector} /> : null}
        <span class="name">{ventureName(room.view, venture)}</span>
        <span class="meta">{tn("ui.promised", promised)}</span>
      </div>
      <Stepper
        label={t("field.hours")}
        value={Number(sealed.value?.["hours"] ?? promised)}
        min={0}
        max={promised}
        note={mine(room).investor ? trackName(mine(room).investor?.speciality ?? "any") : ""}
        onChange={(hours) => sealed.set({ hours })}
      />
      <Ghosts tracks={found?.tracks} bounds={bounds} />
      {["resold", "fee"].map((name) =>
        bounds?.least[name] ? (
          <p class="meta">{t(`ui.outlook.${name}`, { credits: Number(bounds.least[name]) })}</p>
        ) : null,
      )}
      <Complaint failure={sealed.failure} />
    </Card>
  );
}

function Scout() {
  const room = useRoom();
  const { act, failure } = useAct();
  const [scouting, setScouting] = useSheet("scout");
  const options = optionsOf(room.command("scout"), "venture", room.view.hand).map(Number);
  if (options.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("command.scout")}</h2>
      <p class="meta">{t("command.scout.help")}</p>
      <div class="options">
        {options.map((venture) => (
          <Button key={venture} onClick={() => setScouting(venture)}>
            {ventureName(room.view, venture)} <span class="mono">{knownRange(room, venture)}</span>
          </Button>
        ))}
      </div>
      <Complaint failure={failure} />
      {scouting === undefined || !options.includes(scouting) ? null : (
        <Confirm
          title={about(t("command.scout"), ventureName(room.view, scouting))}
          text={t("command.scout.help")}
          act={t("command.scout")}
          onClose={() => setScouting(undefined)}
          onAct={() => act("scout", { venture: scouting })}
        >
          <Consequence command="scout" args={{ venture: scouting }} />
        </Confirm>
      )}
    </section>
  );
}
