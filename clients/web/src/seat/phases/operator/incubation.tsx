// Incubation for operators: workshop hours by venture and track.
import { Complaint } from "../../../forms/form";
import { Stepper } from "../../../parts/controls/stepper";
import { Card } from "../../../parts/pictures/card";
import { Part, SectorTile } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { stageName, TRACKS, ventureName } from "../../../store/names";
import { parameter } from "../../../store/rules";
import { t } from "../../../texts";
import { chosenArgs, useSealed } from "../../question/choices";
import { Screen } from "../../question/screen";
import { type Bounds, Ghost, Odds, useOutlook } from "../outlook";

export function IncubationOperator() {
  const room = useRoom();
  const schema = room.command("workshop");
  const ventures = optionsOf(schema, "venture", room.view.hand).map(Number);
  const level = room.view.find("space", room.seat.value)?.resources ?? 0;
  const of = (name: string): number => parameter(room.view, "incubation", name);
  const all = of("workshop_hours") + of("workshop_per_level") * level;
  const outlook = useOutlook();
  const givenTo = (venture: number): number =>
    TRACKS.map((track) => Number(chosenArgs(room, "workshop", { venture, track })?.["hours"] ?? 0)).reduce(
      (sum, hours) => sum + hours,
      0,
    );
  const left = Math.max(0, all - ventures.map(givenTo).reduce((sum, hours) => sum + hours, 0));
  const leftFor = (venture: number): number => Math.max(0, Math.min(left, of("workshop_venture") - givenTo(venture)));
  return (
    <Screen
      question={t("question.incubation.operator")}
      main={{ label: t(ventures.length > 0 ? "command.workshop" : "ui.done") }}
      handled={["workshop"]}
    >
      {ventures.length === 0 ? (
        <p class="note">{t("ui.workshop.none")}</p>
      ) : (
        <p class="meta">{t("ui.workshop.left", { n: left, all })}</p>
      )}
      <div class="cards">
        {ventures.map((venture) => (
          <Workshop key={venture} venture={venture} left={leftFor(venture)} bounds={outlook(venture)} />
        ))}
      </div>
    </Screen>
  );
}

function Workshop({ venture, left, bounds }: { venture: number; left: number; bounds: Bounds | undefined }) {
  const { view } = useRoom();
  const found = view.find("venture", venture);
  const name = ventureName(view, venture);
  return (
    <Card teeth={2}>
      <div class="head">
        {found ? <SectorTile sector={found.sector} /> : null}
        <span class="name">{name}</span>
        {found ? <Part stage={found.stage} born={found.born} name={name} /> : null}
      </div>
      {found ? <p class="meta">{stageName(found.stage)}</p> : null}
      {TRACKS.map((track, index) => (
        <div key={track} class="worked">
          <WorkshopTrack venture={venture} track={track} left={left} />
          <Ghost track={index} now={found?.tracks?.[index] ?? 0} bounds={bounds} />
        </div>
      ))}
      {found ? <Odds bounds={bounds} born={found.born} /> : null}
    </Card>
  );
}

function WorkshopTrack({ venture, track, left }: { venture: number; track: string; left: number }) {
  const sealed = useSealed("workshop", { venture, track });
  const value = sealed.own ? Number(sealed.value?.["hours"] ?? 0) : 0;
  return (
    <>
      <Stepper
        label={t(`track.${track}`)}
        value={value}
        min={0}
        max={value + left}
        onChange={(hours) => sealed.set({ hours })}
      />
      <Complaint failure={sealed.failure} />
    </>
  );
}
