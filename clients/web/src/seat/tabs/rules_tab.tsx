// The rules at hand: what one can do now, one's role, the way of a season, and what points are given for.
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useRoom } from "../../store/context";
import { modulesOf } from "../../store/rules";
import { has, need, t } from "../../texts";
import { inARow } from "../../texts/numbers";
import { RoleSheet } from "../lobby/lobby";
import { commandName } from "../question/other_commands";
import { moduleRule } from "./module_rules";

const PHASES = ["policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap"];

export function RulesTab() {
  const room = useRoom();
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{t("ui.rules")}</h1>
      <WhatIsPossible />
      <RoleSheet />
      <section class="stack tight">
        <h2>{t("ui.rules.season")}</h2>
        <ol class="glossary">
          {PHASES.map((phase) => (
            <li key={phase}>
              <b class={phase === room.game.value.phase ? "current" : ""}>{t(`phase.${phase}`)}</b>
              <span class="meta">
                {" "}
                {inARow([
                  t(`ui.rules.${phase}`),
                  ...modulesOf(room.view, phase).map((module) => moduleRule(room.view, module)),
                ])}
              </span>
            </li>
          ))}
        </ol>
      </section>
      <Points />
    </div>
  );
}

/** What each command does that this seat has now. */
function WhatIsPossible() {
  const room = useRoom();
  const commands = Object.keys(room.legal.value).filter((command) => has(`command.${command}.help`));
  if (commands.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("ui.rules.now")}</h2>
      <dl class="glossary">
        {commands.map((command) => (
          <div key={command}>
            <dt>{commandName(command)}</dt>
            <dd class="meta">{t(`command.${command}.help`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What points are given for, fetched once somebody reads the rules. */
function Points() {
  const [Here, setHere] = useState<FunctionComponent>();
  useEffect(() => {
    Promise.all([import("../../parts/page/points"), need("reflect")]).then(
      ([chunk]) => setHere(() => chunk.PointsHere),
      () => undefined, // the rules stand without it
    );
  }, []);
  return Here ? <Here /> : null;
}
