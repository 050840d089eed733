// Incubation for makers: hours on three tracks and the day job, own money, where the mentor helps.
import { Complaint } from "../../../forms/form";
import { sumOf } from "../../../forms/values";
import { Button } from "../../../parts/controls/button";
import { Options } from "../../../parts/controls/options";
import { Stepper } from "../../../parts/controls/stepper";
import { Card } from "../../../parts/pictures/card";
import type { Args } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { boundsOf, optionsOf, sumsOf } from "../../../store/legal";
import { TRACKS } from "../../../store/names";
import { mine } from "../../../store/own_seat";
import { parameter } from "../../../store/rules";
import { t, tn } from "../../../texts";
import { listed } from "../../../texts/numbers";
import { tillOf } from "../../moments/snapshot";
import { useSealed } from "../../question/choices";
import { Sum } from "../../question/consequence";
import { Screen } from "../../question/screen";
import { MyVenture } from "../../tabs/mine_tab";
import { type Bounds, Ghost, Materials, Odds, useOutlook, WorkshopHours } from "../outlook";

export function IncubationMaker() {
  const { venture } = mine(useRoom());
  const outlook = useOutlook();
  const bounds = venture && outlook(venture.id);
  return (
    <Screen
      question={t("question.incubation.maker")}
      main={{ label: t("command.plan") }}
      handled={["plan", "put_in", "mentor_track"]}
      consequence={
        venture ? (
          <>
            <Odds bounds={bounds} born={venture.born} />
            <PlanThatRolls bounds={bounds} />
          </>
        ) : null
      }
    >
      <Plan bounds={bounds} />
      {venture ? <WorkshopHours space={venture.space} /> : null}
      <PutIn />
      <MentorTrack />
      <MyVenture />
    </Screen>
  );
}

const PLAN = ["technology", "customers", "business", "day_job"] as const;

function Plan({ bounds }: { bounds: Bounds | undefined }) {
  const room = useRoom();
  const schema = room.command("plan");
  const sealed = useSealed("plan");
  const { venture, seat } = mine(room);
  if (!schema) return null;
  const fields = PLAN.filter((field) => schema.properties?.[field]);
  const args: Args = Object.fromEntries(fields.map((field) => [field, Number(sealed.value?.[field] ?? 0)]));
  const sum = sumsOf(schema)[0];
  const left = sum ? sum.max - sumOf(sum, args) : undefined;
  return (
    <section class="stack">
      {fields.map((field, index) => {
        const range = boundsOf(schema, field);
        const value = Number(args[field]);
        const room_ = left === undefined ? range.max : Math.min(range.max, value + left);
        if (range.max === 0) return null;
        return (
          <div key={field}>
            <Stepper
              label={t(`field.${field}`)}
              value={value}
              min={range.min}
              max={room_}
              onChange={(hours) => sealed.set({ ...args, [field]: hours })}
            />
            {venture && field !== "day_job" ? (
              <Ghost track={index} now={venture.tracks?.[index] ?? 0} bounds={bounds} />
            ) : null}
            {field === "day_job" ? <DayJobPay hours={value} /> : null}
          </div>
        );
      })}
      {left === undefined ? null : <p class={left > 0 ? "warn" : "meta"}>{tn("ui.hours_left", left)}</p>}
      {venture?.lead === seat ? <Materials bounds={bounds} till={tillOf(room, venture.id)} /> : null}
      {venture && (venture.space || venture.cofounders?.length) ? <p class="meta">{t("ui.outlook.sealed")}</p> : null}
      <Complaint failure={sealed.failure} />
    </section>
  );
}

/** No dice as things stand, and enough hours for them: what would have to move, done by one tap. */
export function PlanThatRolls({ bounds }: { bounds: Bounds | undefined }) {
  const sealed = useSealed("plan");
  const plan = bounds?.most.plan;
  if (!plan || bounds?.isOld) return null;
  const more = TRACKS.flatMap((track, index) => {
    const gain = (plan[index] ?? 0) - Number(sealed.value?.[track] ?? 0);
    return gain > 0 ? [t("ui.outlook.roll.plan.more", { track: t(`track.${track}`), n: gain })] : [];
  });
  const args = Object.fromEntries(TRACKS.map((track, index) => [track, plan[index] ?? 0]));
  return (
    <div class="acts">
      <p class="grow">{t("ui.outlook.roll.plan", { more: listed(more) })}</p>
      <Button look="ink" onClick={() => sealed.set({ ...sealed.value, ...args })}>
        {t("ui.outlook.roll.plan.do")}
      </Button>
    </div>
  );
}

/** What the day job pays for an hour, and in all. */
function DayJobPay({ hours }: { hours: number }) {
  const pay = parameter(useRoom().view, "incubation", "day_job_pay");
  return <p class="meta">{t("ui.day_job.pays", { pay, sum: pay * hours })}</p>;
}

function PutIn() {
  const room = useRoom();
  const schema = room.command("put_in");
  const sealed = useSealed("put_in");
  const own = mine(room);
  const credits = Number(sealed.value?.["credits"] ?? 0);
  if (!schema) return null;
  return (
    <Card>
      <Stepper
        label={t("command.put_in")}
        value={credits}
        {...boundsOf(schema, "credits")}
        onChange={(amount) => sealed.set({ credits: amount })}
      />
      <p class="meta">{t("command.put_in.help")}</p>
      {credits > 0 && credits <= own.credits ? <Sum before={own.credits} after={own.credits - credits} /> : null}
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
