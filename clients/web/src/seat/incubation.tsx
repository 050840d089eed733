// Incubation: makers lay out their hours, investors keep their promises, operators give out workshop hours.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { sumOf } from "../forms/values";
import { Button } from "../parts/button";
import { Card } from "../parts/card";
import { Options } from "../parts/options";
import { Confirm } from "../parts/sheet";
import { Stepper } from "../parts/stepper";
import { Part, SectorTile } from "../parts/tokens";
import type { Args } from "../protocol/frames";
import { useRoom } from "../store/context";
import { boundsOf, optionsOf, sumsOf } from "../store/legal";
import { dealsNow, mine } from "../store/mine";
import { stageName, TRACKS, trackName, ventureName } from "../texts/names";
import { t } from "../texts";
import { Consequence } from "./consequence";
import { sealedArgs, useAct, useSealed } from "./hooks";
import { knownRange } from "./matching";
import { MyVenture } from "./mine_tab";
import { Screen } from "./screen";

export function IncubationMaker() {
  return (
    <Screen question={t("question.incubation.maker")} main={{ label: t("command.plan") }} handled={["plan", "put_in", "mentor_track"]}>
      <Plan />
      <PutIn />
      <MentorTrack />
      <MyVenture />
    </Screen>
  );
}

const PLAN = ["technology", "customers", "business", "day_job"] as const;

function Plan() {
  const room = useRoom();
  const schema = room.command("plan");
  const sealed = useSealed("plan");
  const { venture } = mine(room);
  if (!schema) return null;
  const args: Args = Object.fromEntries(PLAN.map((field) => [field, Number(sealed.value?.[field] ?? 0)]));
  const sum = sumsOf(schema)[0];
  const left = sum ? sum.max - sumOf(sum, args) : undefined;
  return (
    <section class="stack">
      {PLAN.map((field, index) => {
        const bounds = boundsOf(schema, field);
        const value = Number(args[field]);
        const room_ = left === undefined ? bounds.max : Math.min(bounds.max, value + left);
        if (bounds.max === 0) return null;
        return (
          <Stepper
            key={field}
            label={t(`field.${field}`)}
            value={value}
            min={bounds.min}
            max={room_}
            note={venture && field !== "day_job" ? t("ui.track_now", { n: venture.tracks?.[index] ?? 0 }) : ""}
            onChange={(hours) => sealed.set({ ...args, [field]: hours })}
          />
        );
      })}
      {left === undefined ? null : <p class={left > 0 ? "warn" : "meta"}>{t("ui.hours_left", { n: left })}</p>}
      <Complaint failure={sealed.failure} />
    </section>
  );
}

function PutIn() {
  const room = useRoom();
  const schema = room.command("put_in");
  const sealed = useSealed("put_in");
  if (!schema) return null;
  return (
    <Card>
      <Stepper
        label={t("command.put_in")}
        value={Number(sealed.value?.["credits"] ?? 0)}
        {...boundsOf(schema, "credits")}
        onChange={(credits) => sealed.set({ credits })}
      />
      <p class="meta">{t("command.put_in.help")}</p>
      <Complaint failure={sealed.failure} />
    </Card>
  );
}

function MentorTrack() {
  const room = useRoom();
  const sealed = useSealed("mentor_track");
  const options = optionsOf(room.command("mentor_track"), "track", room.view.hand).map(String);
  if (options.length === 0) return null;
  return (
    <Card>
      <Options
        label={t("command.mentor_track")}
        options={options.map((value) => ({ value, label: t(`track.${value}`) }))}
        value={String(sealed.value?.["track"] ?? "")}
        onChange={(track) => sealed.set({ track })}
      />
      <Complaint failure={sealed.failure} />
    </Card>
  );
}

export function IncubationInvestor() {
  const room = useRoom();
  const ventures = optionsOf(room.command("deliver"), "venture", room.view.hand).map(Number);
  return (
    <Screen question={t("question.incubation.investor")} main={{ label: t(ventures.length > 0 ? "command.deliver" : "ui.done") }} handled={["deliver", "scout"]}>
      {ventures.length === 0 ? <p class="note">{t("ui.deliver.none")}</p> : <p class="meta">{t("command.deliver.help")}</p>}
      <div class="cards">
        {ventures.map((venture) => (
          <Deliver key={venture} venture={venture} />
        ))}
      </div>
      <Scout />
    </Screen>
  );
}

function Deliver({ venture }: { venture: number }) {
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
        <span class="meta">{t("ui.promised", { n: promised })}</span>
      </div>
      <Stepper
        label={t("field.hours")}
        value={Number(sealed.value?.["hours"] ?? promised)}
        min={0}
        max={promised}
        note={mine(room).investor ? trackName(mine(room).investor?.speciality ?? "any") : ""}
        onChange={(hours) => sealed.set({ hours })}
      />
      <Complaint failure={sealed.failure} />
    </Card>
  );
}

function Scout() {
  const room = useRoom();
  const { act, failure } = useAct();
  const [scouting, setScouting] = useState<number>();
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
      {scouting === undefined ? null : (
        <Confirm
          title={`${t("command.scout")}: ${ventureName(room.view, scouting)}`}
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

export function IncubationOperator() {
  const room = useRoom();
  const schema = room.command("workshop");
  const ventures = optionsOf(schema, "venture", room.view.hand).map(Number);
  const { max } = boundsOf(schema, "hours");
  const given = ventures.flatMap((venture) => TRACKS.map((track) => Number(sealedArgs(room, "workshop", { venture, track })?.["hours"] ?? 0))).reduce((all, hours) => all + hours, 0);
  return (
    <Screen question={t("question.incubation.operator")} main={{ label: t(ventures.length > 0 ? "command.workshop" : "ui.done") }} handled={["workshop"]}>
      {ventures.length === 0 ? <p class="note">{t("ui.workshop.none")}</p> : <p class="meta">{t("ui.workshop.left", { n: Math.max(0, max - given), all: max })}</p>}
      <div class="cards">
        {ventures.map((venture) => (
          <Workshop key={venture} venture={venture} left={Math.max(0, max - given)} />
        ))}
      </div>
    </Screen>
  );
}

function Workshop({ venture, left }: { venture: number; left: number }) {
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
        <WorkshopTrack key={track} venture={venture} track={track} now={found?.tracks?.[index] ?? 0} left={left} />
      ))}
    </Card>
  );
}

function WorkshopTrack({ venture, track, now, left }: { venture: number; track: string; now: number; left: number }) {
  const sealed = useSealed("workshop", { venture, track });
  const value = sealed.own ? Number(sealed.value?.["hours"] ?? 0) : 0;
  return (
    <>
      <Stepper label={t(`track.${track}`)} value={value} min={0} max={value + left} note={t("ui.track_now", { n: now })} onChange={(hours) => sealed.set({ hours })} />
      <Complaint failure={sealed.failure} />
    </>
  );
}
