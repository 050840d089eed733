// Policy: what the world turned up, and for operators the terms on which they open.
import { Complaint } from "../forms/form";
import { Field } from "../forms/field";
import { emptyValue } from "../forms/values";
import { Button } from "../parts/button";
import { Card } from "../parts/card";
import { SectorTile } from "../parts/tokens";
import type { Args } from "../protocol/frames";
import { useRoom } from "../store/context";
import { fieldsOf, optionsOf } from "../store/legal";
import { mine } from "../store/mine";
import type { Room } from "../store/room";
import { ventureName } from "../texts/names";
import { has, t } from "../texts";
import { Consequence } from "./consequence";
import { useAct, useSealed } from "./hooks";
import { Screen } from "./screen";
import { Demand } from "./table_tab";

export function PolicyWatch() {
  const role = useRoom().role.value;
  return (
    <Screen question={t(`question.policy.${role}`)} main={{ label: t("ui.got_it") }} handled={[]}>
      <WorldCards />
      <Demand />
    </Screen>
  );
}

function WorldCards() {
  const room = useRoom();
  const world = room.view.single("world");
  if (!world.policy || !world.market) return null;
  return (
    <div class="cards">
      <Card>
        <h3>{t("phase.policy")}</h3>
        <p>
          <b>{text(`policy.${world.policy}.name`)}</b>
        </p>
        <p class="meta">{text(`policy.${world.policy}.text`)}</p>
        <p>{t("ui.tax", { rate: world.tax ?? 0 })}</p>
      </Card>
      <Card>
        <h3>{t("phase.market")}</h3>
        <p>
          <b>{text(`market.${world.market}.name`)}</b>
        </p>
        <p class="meta">{text(`market.${world.market}.text`)}</p>
        <p class="row">
          <Moved sector={world.up ?? ""} sign="+" />
          <Moved sector={world.down ?? ""} sign="−" />
        </p>
      </Card>
      <ForYou />
    </div>
  );
}

function text(key: string): string {
  return has(key) ? t(key) : "";
}

function Moved({ sector, sign }: { sector: string; sign: string }) {
  if (!sector) return null;
  return (
    <span class="person">
      <SectorTile sector={sector} size={28} />
      {t(`sector.${sector}`)} <b class={sign === "+" ? "good" : "bad"}>{sign}</b>
    </span>
  );
}

/** One line for this seat, if the market card touches what it has. */
function ForYou() {
  const room = useRoom();
  const line = forYou(room);
  if (!line) return null;
  return (
    <p class="note">
      <b>{t("ui.for_you")}</b> {line}
    </p>
  );
}

function forYou(room: Room): string {
  const { venture, investor } = mine(room);
  const { up = "", down = "" } = room.view.single("world");
  const sectors = venture ? [venture.sector] : (investor?.thesis_sectors ?? []);
  const better = sectors.find((sector) => sector === up);
  const worse = sectors.find((sector) => sector === down);
  const whose = venture ? ventureName(room.view, venture.id) : t("ui.your_thesis");
  if (better) return t("ui.for_you.up", { sector: t(`sector.${better}`), what: whose });
  if (worse) return t("ui.for_you.down", { sector: t(`sector.${worse}`), what: whose });
  return sectors.length > 0 ? t("ui.for_you.same") : "";
}

export function PolicyOperator() {
  const room = useRoom();
  const schema = room.command("set_terms");
  const sealed = useSealed("set_terms");
  const fields = fieldsOf(schema, room.view.hand);
  const current = (field: string): Args[string] | undefined => sealed.value?.[field] ?? (mine(room).space as unknown as Args | undefined)?.[field];
  const all = (): Args => Object.fromEntries(fields.map(([field, own]) => [field, current(field) ?? emptyValue(own, true) ?? 0]));
  return (
    <Screen question={t("question.policy.operator")} main={{ label: t("command.set_terms") }} handled={["set_terms", "buy_level"]}>
      <div class="stack">
        {fields.map(([field, own]) => (
          <Field
            key={field}
            name={field}
            schema={own}
            value={current(field)}
            refusal={sealed.failure?.field === field ? sealed.failure.message : undefined}
            onChange={(value) => sealed.set({ ...all(), [field]: value })}
          />
        ))}
        {sealed.failure && !sealed.failure.field ? <Complaint failure={sealed.failure} /> : null}
      </div>
      <Levels />
      <WorldCards />
    </Screen>
  );
}

function Levels() {
  const room = useRoom();
  const { act, failure } = useAct();
  const { space } = mine(room);
  const options = optionsOf(room.command("buy_level"), "path", room.view.hand);
  if (!space || options.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("command.buy_level")}</h2>
      <div class="cards">
        {options.map((path) => (
          <Card key={path}>
            <div class="head">
              <span class="name">{t(`path.${path}`)}</span>
              <span class="mono">{t("ui.level", { n: Number(space[path as "community"] ?? 0) })}</span>
            </div>
            <p class="meta">{t(`path.${path}.blurb`)}</p>
            <Consequence command="buy_level" args={{ path }} />
            <div class="acts">
              <Button look="ink" label={`${t("command.buy_level")}: ${t(`path.${path}`)}`} onClick={() => act("buy_level", { path })}>
                {t("ui.buy")}
              </Button>
            </div>
          </Card>
        ))}
      </div>
      <Complaint failure={failure} />
    </section>
  );
}
