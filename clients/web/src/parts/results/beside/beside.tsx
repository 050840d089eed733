// One start, two endings: by which rules and decisions a what-if room and its origin differ, who came out with how many
// points in each, and the same figures of both on one scale.
import { useState } from "preact/hooks";
import { useRoom } from "../../../store/context";
import { ROLES, seatName, valueName } from "../../../store/names";
import { seasonInRun } from "../../../store/run";
import type { View } from "../../../store/view";
import { has, t } from "../../../texts";
import { about, listed, number, signed } from "../../../texts/numbers";
import { Button } from "../../controls/button";
import { Later } from "../chart_loader";
import { choiceText, choiceTitle } from "../chosen_rules";
import { groupsOf } from "../curve_groups";
import { type Args, type Beside, type Ended, useBeside, waitingFor } from "./beside_data";
import "./beside.css";

/** Return what the parts of the comparison are called: what differed, then a chart for each group of curves. */
export function besideParts(view: View): string[] {
  return [t("ui.beside.differs"), ...groupsOf(view).map((group) => t(`ui.debrief.curves.${group}`))];
}

interface Props {
  /** The fork. */
  code: string;
  part: number;
  wall?: boolean;
}

/** One part of a fork beside its origin. */
export function BesidePart({ code, part, wall = false }: Props) {
  const { beside, failure } = useBeside(code);
  if (failure) return <p class="note">{failure.message}</p>;
  if (!beside) return <p class="meta">{t("ui.opening")}</p>;
  const group = groupsOf(beside.fork.view)[part - 1];
  if (group) return <Later chart="BesideChart" beside={beside} group={group} wall={wall} />;
  return <WhatDiffered beside={beside} wall={wall} />;
}

/** All parts, one at a time, for a page that has no other way through them. */
export function BesideWhole({ code }: { code: string }) {
  const { beside } = useBeside(code);
  const [at, setAt] = useState(0);
  const parts = beside ? besideParts(beside.fork.view) : [];
  return (
    <div class="stack">
      <div class="sections parts">
        {parts.map((name, part) => (
          <Button key={name} look="quiet" on={part === at} onClick={() => setAt(part)}>
            {name}
          </Button>
        ))}
      </div>
      <BesidePart code={code} part={at} />
    </div>
  );
}

function WhatDiffered({ beside, wall }: { beside: Beside; wall: boolean }) {
  const { view } = useRoom();
  const { season, phase } = beside.start;
  const values = { season: seasonInRun(view, season), phase: t(`phase.${phase}`).toLocaleLowerCase() };
  return (
    <div class="beside stack">
      <h2 class={wall ? "must" : ""}>{t("ui.beside.title", { fork: beside.fork.room, origin: beside.origin.room })}</h2>
      <p>{t("ui.beside.start", values)}</p>
      <Rules beside={beside} wall={wall} />
      <Ends beside={beside} />
      <Scores beside={beside} />
      {wall ? null : <Decisions beside={beside} />}
      {wall ? null : <First beside={beside} />}
    </div>
  );
}

function Rules({ beside: { rules, chosen = [] }, wall }: { beside: Beside; wall: boolean }) {
  if (rules.length === 0) return <p>{t("ui.beside.rules.same")}</p>;
  if (chosen.length === 0) return <Parameters rules={rules} />;
  return (
    <>
      <dl class="glossary">
        {chosen.map((choice) => (
          <div key={choice.name}>
            <dt>
              {choiceTitle(choice)} <From season={choice.from} />
            </dt>
            <dd class="meta">{choiceText(choice)}</dd>
          </div>
        ))}
      </dl>
      {wall ? null : (
        <details class="fold">
          <summary>{t("ui.beside.rules.exactly")}</summary>
          <Parameters rules={rules} />
        </details>
      )}
    </>
  );
}

function Parameters({ rules }: Pick<Beside, "rules">) {
  return (
    <ul class="plain">
      {rules.map(({ path, is, was, from }) => (
        <li key={path}>
          <code>{path}</code>{" "}
          {was === undefined
            ? t("ui.beside.rule", { is: plain(is) })
            : t("ui.beside.rule.was", { is: plain(is), was: plain(was) })}
          {from === undefined ? null : " "}
          <From season={from} />
        </li>
      ))}
    </ul>
  );
}

/** From which season on a rule holds, where that is later than the room begins. */
function From({ season }: { season: number | undefined }) {
  return season === undefined ? null : <span class="meta">{t("ui.beside.rule.from", { season })}</span>;
}

function plain(value: unknown): string {
  return Array.isArray(value) ? listed(value.map(plain)) : typeof value === "number" ? number(value) : String(value);
}

/** That one of the games was the shorter one, which its points tell of as well. */
function Ends({ beside: { origin, fork } }: { beside: Beside }) {
  const { view } = useRoom();
  const [was, is] = [origin.ended, fork.ended];
  if (!was || !is || (was.season === is.season && was.phase === is.phase)) return null;
  const when = ({ season, phase }: Ended): string =>
    t("ui.when", { season: seasonInRun(view, season), phase: t(`phase.${phase}`) });
  return <p>{t("ui.beside.ended", { origin: origin.room, was: when(was), fork: fork.room, is: when(is) })}</p>;
}

/** The mean of a role's final points in each room, and what lies between. */
function Scores({ beside }: { beside: Beside }) {
  const waits = waitingFor(beside);
  if (waits.length > 0) return <p class="meta">{t("ui.beside.scores.later", { rooms: listed(waits) })}</p>;
  const rows = ROLES.map((role) => ({
    role,
    was: meanOf(beside.origin.view, role),
    is: meanOf(beside.fork.view, role),
  }));
  if (rows.every(({ was, is }) => was === undefined || is === undefined)) return null;
  return (
    <table class="figures">
      <caption>{t("ui.beside.scores")}</caption>
      <Head beside={beside} last={t("ui.beside.difference")} />
      <tbody>
        {rows.map(({ role, was, is }) => (
          <tr key={role}>
            <th scope="row">{t(`role.${role}`)}</th>
            <td class="mono">{was === undefined ? "–" : number(was)}</td>
            <td class="mono">{is === undefined ? "–" : number(is)}</td>
            <td class="mono">{was === undefined || is === undefined ? "–" : signed(is - was)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Return the mean of a role's final points, rounded; nothing while a game goes on. */
function meanOf(view: View, role: string): number | undefined {
  if (view.single("game").status !== "over") return undefined;
  const seats = view.all("seat").filter((seat) => seat.role === role);
  const points = seats.map((seat) => view.find("score", seat.id)?.final ?? 0);
  return points.length ? Math.round(points.reduce((all, each) => all + each, 0) / points.length) : undefined;
}

function Head({ beside, last }: { beside: Beside; last?: string }) {
  return (
    <thead>
      <tr>
        <td />
        <th scope="col">{beside.origin.room}</th>
        <th scope="col">{beside.fork.room}</th>
        {last ? <th scope="col">{last}</th> : null}
      </tr>
    </thead>
  );
}

/** How many decisions there were from the start on, by season and role, and how many were the same. */
function Decisions({ beside }: { beside: Beside }) {
  const { view } = useRoom();
  if (!beside.decisions) return <p class="meta">{t("ui.beside.later")}</p>;
  const rows = Object.entries(beside.decisions).flatMap(([season, roles]) =>
    ROLES.flatMap((role) => (roles[role] ? [{ season: Number(season), role, ...roles[role] }] : [])),
  );
  return (
    <table class="figures">
      <caption>{t("ui.beside.decisions")}</caption>
      <Head beside={beside} last={t("ui.beside.alike")} />
      <tbody>
        {rows.map(({ season, role, origin, fork, alike }) => (
          <tr key={`${season} ${role}`}>
            <th scope="row">
              {t("ui.season", { season: seasonInRun(view, season) })} · {t(`role.${role}`)}
            </th>
            <td class="mono">{number(origin)}</td>
            <td class="mono">{number(fork)}</td>
            <td class="mono">{number(alike)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What somebody chose otherwise in the season of the start, phase by phase. */
function First({ beside }: { beside: Beside }) {
  const { view } = useRoom();
  if (!beside.first?.length) return null;
  return (
    <table class="figures">
      <caption>{t("ui.beside.first")}</caption>
      <Head beside={beside} />
      <tbody>
        {beside.first.map(({ phase, seat, command, origin, fork }) => (
          <tr key={`${phase} ${seat} ${command}`}>
            <th scope="row">
              {about(has(`command.${command}`) ? t(`command.${command}`) : command, seatName(view, seat))}
              <br />
              <span class="meta">{t(`phase.${phase}`)}</span>
            </th>
            <td>{argsText(view, origin)}</td>
            <td>{argsText(view, fork)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const NUMBERED = ["proposal", "sheet", "saw"]; // what the game counts by itself

function argsText(view: View, args: Args | undefined): string {
  if (!args) return t("ui.beside.not_chosen");
  const told = Object.entries(args).filter(([field]) => !NUMBERED.includes(field));
  const said = told.map(
    ([field, value]) => `${has(`field.${field}`) ? t(`field.${field}`) : field} ${valueName(view, field, value)}`,
  );
  return said.length ? listed(said) : t("ui.beside.chosen");
}
