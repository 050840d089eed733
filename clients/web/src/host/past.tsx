// Back to the start of a phase: here, by taking back what came after it, or beside, in a room of its own. Taking back asks
// once, and says how many choices it undoes; a room beside takes nothing from anybody.
import { useEffect, useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/button";
import { Confirm, Sheet } from "../parts/sheet";
import type { Failure } from "../protocol/frames";
import { link } from "../route";
import { useRoom } from "../store/context";
import { boundsOf, optionsOf } from "../store/legal";
import type { Room } from "../store/room";
import { seasonInRun } from "../store/run";
import { held } from "../store/seats";
import { t, tn } from "../texts";
import { useDesk } from "./desk";

interface Start {
  season: number;
  phase: string;
}

/** Return the starts of phases that a command may name and the game has been at, newest first. */
function startsFor(room: Room, command: string): Start[] {
  const form = room.command(command);
  const { min, max } = boundsOf(form, "season");
  const phases = optionsOf(form, "phase", room.view.hand).map(String);
  const { season = 0, phase = "", status } = room.game.value;
  const now = status === "over" ? phases.length - 1 : phases.indexOf(phase);
  const all: Start[] = [];
  for (let each = min; each <= max; each += 1) {
    const last = each === season ? now : phases.length - 1;
    for (let place = 0; place <= last; place += 1) all.push({ season: each, phase: phases[place] ?? "" });
  }
  return all.reverse();
}

function nameOf(room: Room, { season, phase }: Start): string {
  return t("ui.when", { season: seasonInRun(room.view, season), phase: t(`phase.${phase}`) });
}

function Starts({ all, chosen, onChoose }: { all: readonly Start[]; chosen: number; onChoose: (index: number) => void }) {
  const room = useRoom();
  return (
    <div class="field">
      <label>
        {t("ui.host.back.to")}
        <select value={chosen} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
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

export function BackSheet() {
  const room = useRoom();
  const desk = useDesk();
  const [all] = useState(() => startsFor(room, "host.rewind"));
  const [chosen, setChosen] = useState(0);
  const [undone, setUndone] = useState<number>();
  const [failure, setFailure] = useState<Failure>();
  const start = all[chosen];
  useEffect(() => {
    let current = true;
    if (!start) return undefined;
    void room.preview("host.rewind", { ...start }).then((found) => {
      if (current) setUndone((found as { choices?: number } | undefined)?.choices);
    });
    return () => {
      current = false;
    };
  }, [chosen]);
  if (!start) return null;
  const back = async (): Promise<boolean> => {
    const answer = await room.send("host.rewind", { ...start });
    setFailure(answer.error);
    return answer.ok;
  };
  return (
    <Confirm
      title={t("ui.host.back.title", { phase: t(`phase.${start.phase}`) })}
      text={undone === undefined ? t("ui.host.back.log") : undone === 0 ? t("ui.host.back.none") : tn("ui.host.back.text", undone)}
      act={t("ui.host.back")}
      danger
      onClose={() => desk.close()}
      onAct={back}
    >
      <Starts all={all} chosen={chosen} onChoose={setChosen} />
      <Complaint failure={failure} />
    </Confirm>
  );
}

/** What the other room changes of the rules from there on, as a scenario's file says it. */
function OtherRules({ rules, onChange }: { rules: string; onChange: (rules: string) => void }) {
  return (
    <details class="fold">
      <summary>{t("ui.host.fork.rules")}</summary>
      <div class="field">
        <label>
          {t("ui.host.fork.rules.note")}
          <textarea class="mono" rows={5} spellcheck={false} value={rules} onInput={(event) => onChange(event.currentTarget.value)} />
        </label>
      </div>
    </details>
  );
}

/** The way to the other room, whose door this host's token opens too. */
function Made({ code }: { code: string }) {
  const token = held("host", useRoom().code.value)?.token;
  return (
    <p role="status">
      {t("ui.host.fork.made", { code })}{" "}
      <a class="button ink" href={link(token ? `c/${code}/${token}` : `c/${code}`)} target="_blank" rel="noopener">
        {t("ui.host.fork.open", { code })}
      </a>
    </p>
  );
}

export function ForkSheet() {
  const room = useRoom();
  const desk = useDesk();
  const [all] = useState(() => startsFor(room, "host.fork"));
  const [chosen, setChosen] = useState(0);
  const [failure, setFailure] = useState<Failure>();
  const [code, setCode] = useState("");
  const [rules, setRules] = useState("");
  const start = all[chosen];
  const fork = async (): Promise<void> => {
    if (!start) return;
    const answer = await room.send("host.fork", { ...start, ...(rules.trim() ? { rules } : {}) });
    setFailure(answer.error);
    setCode(String(answer.data?.["room"] ?? ""));
  };
  return (
    <Sheet title={t("ui.host.fork.title")} onClose={() => desk.close()}>
      <div class="stack">
        <p>{t("ui.host.fork.text")}</p>
        {code ? (
          <Made code={code} />
        ) : (
          <>
            <Starts all={all} chosen={chosen} onChoose={setChosen} />
            {room.command("host.fork")?.properties?.["rules"] ? <OtherRules rules={rules} onChange={setRules} /> : null}
            <Complaint failure={failure} />
            <Button look="ink" onClick={fork}>
              {t("ui.host.fork")}
            </Button>
          </>
        )}
      </div>
    </Sheet>
  );
}
