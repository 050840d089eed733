// Policy for operators: the terms on which they open, and the levels they buy.

import { Field } from "../../../forms/field";
import { Complaint } from "../../../forms/form";
import { emptyValue } from "../../../forms/values";
import { Button } from "../../../parts/controls/button";
import { Card } from "../../../parts/pictures/card";
import type { Args } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { fieldsOf, optionsOf } from "../../../store/legal";
import { mine } from "../../../store/own_seat";
import { t } from "../../../texts";
import { about } from "../../../texts/numbers";
import { useAct, useSealed } from "../../question/choices";
import { Consequence } from "../../question/consequence";
import { Screen } from "../../question/screen";
import { WorldCards } from "../policy";

export function PolicyOperator() {
  const room = useRoom();
  const schema = room.command("set_terms");
  const sealed = useSealed("set_terms");
  const fields = fieldsOf(schema, room.view.hand);
  const current = (field: string): Args[string] | undefined =>
    sealed.value?.[field] ?? (mine(room).space as unknown as Args | undefined)?.[field];
  const all = (): Args =>
    Object.fromEntries(fields.map(([field, own]) => [field, current(field) ?? emptyValue(own, true) ?? 0]));
  return (
    <Screen
      question={t("question.policy.operator")}
      main={{ label: t("command.set_terms") }}
      handled={["set_terms", "buy_level"]}
    >
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
              <Button
                look="ink"
                label={about(t("command.buy_level"), t(`path.${path}`))}
                onClick={() => act("buy_level", { path })}
              >
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
