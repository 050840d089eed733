// Back to the start of a phase: here, by taking back what came after it, or beside, in a room of its own. Taking back
// asks once, and says how many choices it undoes; a room beside takes nothing from anybody.
import { useEffect, useId, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Confirm, Sheet } from "../../parts/controls/sheet";
import { type Choice, choiceTitle } from "../../parts/results/chosen_rules";
import type { Failure } from "../../protocol/frames";
import { go, link } from "../../route";
import { useRoom } from "../../store/context";
import { boundsOf, optionsOf } from "../../store/legal";
import type { Room } from "../../store/room";
import { seasonInRun } from "../../store/run";
import { t, tn } from "../../texts";
import { listed } from "../../texts/numbers";
import { Choices } from "../create/choices";
import { forkAddress, leadFork } from "../fork_address";
import { useSelection } from "../selection";

interface Start {
  season: number;
  phase: string;
}

/** Return the starts of phases that a command may name and the game has been at, newest first. */
function startsFor(room: Room, command: string): Start[] {
  const form = room.command(command);
  const { min, max } = boundsOf(form, "season");
  const phases = optionsOf(form, "phase", room.view.hand).map(String);
  const { season = 0, phase = "", phase_number, status } = room.game.value;
  const now = status === "over" ? (phase_number ?? phases.length - 1) : phases.indexOf(phase); // `phase` is "over" then
  const all: Start[] = [];
  for (let each = min; each <= max; each += 1) {
    const last = each === season ? now : phases.length - 1;
    for (let place = 0; place <= last; place += 1) all.push({ season: each, phase: phases[place] ?? "" });
  }
  return all.reverse();
}

/** Return whether nothing can go otherwise from a start on: the last recap of all counts what was done before it. */
function isAllDone({ view, game }: Room, { season, phase }: Start): boolean {
  const { number = 1, of = 1 } = view.single("run");
  return phase === "recap" && season === game.value.seasons && number === of;
}

function nameOf(room: Room, { season, phase }: Start): string {
  return t("ui.when", { season: seasonInRun(room.view, season), phase: t(`phase.${phase}`) });
}

interface Starts {
  all: readonly Start[];
  chosen: Start | undefined;
  choose: (start: Start | undefined) => void;
}

/**
 * The starts there are by now, as the game goes on, and the one that is chosen: at first the newest, of a game that is
 * over the newest from which something can go otherwise; it then stays.
 */
function useStarts(command: string): Starts {
  const room = useRoom();
  const all = startsFor(room, command);
  const isOver = room.game.value.status === "over";
  const [wanted, choose] = useState(all.find((each) => !isOver || !isAllDone(room, each)));
  return {
    all,
    chosen: all.find((each) => each.season === wanted?.season && each.phase === wanted.phase) ?? all[0],
    choose,
  };
}

function StartField({ all, chosen, choose }: Starts) {
  const room = useRoom();
  return (
    <div class="field">
      <label>
        {t("ui.host.back.to")}
        <select
          value={chosen && all.indexOf(chosen)}
          onChange={(event) => choose(all[Number(event.currentTarget.value)])}
        >
          {all.map((start, index) => (
            <option key={index} value={index}>
              {nameOf(room, start)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** How many choices going back to a start undoes, as the server foresees it; undefined while that is not known. */
function useUndone(start: Start | undefined, starts: number): number | undefined {
  const room = useRoom();
  const [undone, setUndone] = useState<number>();
  useEffect(() => {
    let current = true;
    if (!start) return undefined;
    void room.preview("host.rewind", { ...start }).then((found) => {
      if (current) setUndone((found as { choices?: number } | undefined)?.choices);
    });
    return () => {
      current = false;
    };
  }, [start?.season, start?.phase, starts]);
  return undone;
}

function undoneInWords(undone: number | undefined): string {
  if (undone === undefined) return t("ui.host.back.log");
  return undone === 0 ? t("ui.host.back.none") : tn("ui.host.back.text", undone);
}

export function BackSheet() {
  const room = useRoom();
  const selection = useSelection();
  const starts = useStarts("host.rewind");
  const [failure, setFailure] = useState<Failure>();
  const { all, chosen: start } = starts;
  const undone = useUndone(start, all.length);
  if (!start) return null;
  const back = async (): Promise<boolean> => {
    const answer = await room.send("host.rewind", { ...start });
    setFailure(answer.error);
    return answer.ok;
  };
  return (
    <Confirm
      title={t("ui.host.back.title", { phase: t(`phase.${start.phase}`) })}
      text={undoneInWords(undone)}
      act={t("ui.host.back")}
      danger
      onClose={() => selection.close()}
      onAct={back}
    >
      <StartField {...starts} />
      <Complaint failure={failure} />
    </Confirm>
  );
}

/** What the other room changes of the rules from there on, as a scenario's file says it. */
function OtherRules({ rules, onChange }: { rules: string; onChange: (rules: string) => void }) {
  const how = useId();
  return (
    <details class="fold">
      <summary>{t("ui.host.fork.rules")}</summary>
      <div class="field">
        <label>
          {t("ui.host.fork.rules.note")}
          <textarea
            class="mono"
            rows={5}
            spellcheck={false}
            placeholder={t("ui.host.fork.rules.example")}
            aria-describedby={how}
            value={rules}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        </label>
        <p id={how} class="meta">
          {t("ui.host.fork.rules.how")}
        </p>
      </div>
    </details>
  );
}

/** The way to another room, whose door this host's token opens too. */
function RoomLink({ code, look, children }: { code: string; look: string; children: string }) {
  return (
    <a class={`button ${look}`} href={link(forkAddress(useRoom(), code))} target="_blank" rel="noopener">
      {children}
    </a>
  );
}

/** What of the other rules begins in the next season only. */
interface Later {
  season: number;
  rules: readonly string[];
}

function Made({ code, later, choices }: { code: string; later?: Later; choices: readonly Choice[] }) {
  const title = (name: string): string => {
    const choice = choices.find((one) => one.name === name);
    return choice ? choiceTitle(choice) : name;
  };
  return (
    <>
      <p role="status">
        {t("ui.host.fork.made", { code })}{" "}
        {later ? t("ui.host.fork.later", { season: later.season, rules: listed(later.rules.map(title)) }) : null}{" "}
        <RoomLink code={code} look="ink">
          {t("ui.host.fork.open", { code })}
        </RoomLink>
      </p>
      <Lead code={code} />
    </>
  );
}

/** After the end phones and wall may go along to a room opened from this one; a game that runs loses nobody. */
function Lead({ code }: { code: string }) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const lead = async (): Promise<void> => {
    const { ok, error } = await room.send("host.next", { room: code });
    setFailure(error);
    if (ok) go(forkAddress(room, code));
  };
  if (!room.command("host.next") || room.view.pieces("room")["class"]) return null;
  return (
    <>
      <Button onClick={lead}>{t("ui.host.fork.lead", { code })}</Button>
      <Complaint failure={failure} />
    </>
  );
}

/** What a room was opened with: from where on, and by which other rules. */
interface Forked {
  season: number;
  phase: string;
  chosen: readonly Choice[];
  rules: readonly { path: string; is: unknown }[];
}

function WhatChanges({ season, phase, chosen, rules }: Forked) {
  const { view } = useRoom();
  const titles = listed(chosen.map(choiceTitle));
  return (
    <span class="meta">
      {t("ui.when", { season: seasonInRun(view, season), phase: t(`phase.${phase}`) })}
      {titles ? ` · ${titles}` : null}
      {rules.map(({ path, is }) => (
        <span key={path}>
          {" · "}
          <code>
            {path} = {JSON.stringify(is)}
          </code>
        </span>
      ))}
    </span>
  );
}

/** The rooms that were opened from this one, so that each is found again. */
function OtherRooms({ but }: { but: string }) {
  const { view } = useRoom();
  const forks = ((view.hand["forks"] ?? []) as readonly string[]).filter((code) => code !== but);
  const forked = (view.hand["forked"] ?? {}) as unknown as { readonly [code: string]: Forked };
  if (forks.length === 0) return null;
  return (
    <section class="stack tight">
      <h3>{t("ui.host.forks")}</h3>
      {forks.map((code) => (
        <div key={code} class="row">
          <RoomLink code={code} look="mono">
            {code}
          </RoomLink>
          {forked[code] ? <WhatChanges {...forked[code]} /> : null}
          <Lead code={code} />
        </div>
      ))}
    </section>
  );
}

/** What a fork is asked for with, and what came of it. */
function useFork(start: Start | undefined) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const [code, setCode] = useState("");
  const [later, setLater] = useState<Later>();
  const [rules, setRules] = useState("");
  const [taken, setTaken] = useState<readonly string[]>([]);
  const fork = async (): Promise<void> => {
    if (!start) return;
    const answer = await room.send("host.fork", {
      ...start,
      ...(rules.trim() ? { rules } : {}),
      ...(taken.length > 0 ? { choices: [...taken] } : {}),
    });
    setFailure(answer.error);
    const made = String(answer.data?.["room"] ?? "");
    if (made) leadFork(room, made);
    setCode(made);
    setLater(answer.data?.["later"] as Later | undefined);
  };
  return { failure, code, later, rules, setRules, taken, setTaken, fork };
}

export function ForkSheet() {
  const room = useRoom();
  const selection = useSelection();
  const starts = useStarts("host.fork");
  const { failure, code, later, rules, setRules, taken, setTaken, fork } = useFork(starts.chosen);
  const choices = (room.view.hand["rule_choices"] ?? []) as unknown as readonly Choice[];
  return (
    <Sheet title={t("ui.host.fork.title")} onClose={() => selection.close()}>
      <div class="stack">
        <p>{t("ui.host.fork.text")}</p>
        {code ? (
          <Made code={code} choices={choices} {...(later ? { later } : {})} />
        ) : (
          <>
            <StartField {...starts} />
            <Choices label={t("ui.host.fork.choices")} choices={choices} taken={taken} onChange={setTaken} />
            {room.command("host.fork")?.properties?.["rules"] ? <OtherRules rules={rules} onChange={setRules} /> : null}
            <Complaint failure={failure} />
            <Button look="ink" onClick={fork}>
              {t("ui.host.fork")}
            </Button>
          </>
        )}
        <OtherRooms but={code} />
      </div>
    </Sheet>
  );
}
