// The roll: the dice, thrown by the lead's touch, what is added to them laid end to end against what was needed, by how
// much it missed, and what would have helped.
import { useEffect, useRef, useState } from "preact/hooks";
import { Card } from "../../../parts/pictures/card";
import { Die } from "../../../parts/pictures/dice";
import { Person } from "../../../parts/pictures/tokens";
import { isStill } from "../../../prefs";
import { useRoom } from "../../../store/context";
import { seatName, stageName, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t, tn } from "../../../texts";
import { comma, gap, inARow, percentOf } from "../../../texts/numbers";
import { Draw, markRolled } from "../../phases/roll";
import { thud } from "../feel";
import type { Roll } from "../kinds";
import { useHold, useIsLive } from "../stage";
import { Arrow, Banner, isLastSeason, Row } from "./pieces";

const HELP = ["spirit", "help", "misses"] as const;
const FACES = 6;
const ALL_WAYS = 36;
const WAIT_MS = 4000;
const FALLS_MS = [500, 900]; // when each die lies still
const BEYOND = 3; // points of the ruler behind the last one

/** Return the chance in per cent that two dice come to so much at least. */
export function chanceOf(atLeast: number): number {
  const faces = Array.from({ length: FACES }, (_, index) => index + 1);
  const ways = faces.flatMap((one) => faces.filter((other) => one + other >= atLeast)).length;
  return percentOf(ways, ALL_WAYS);
}

interface Sum {
  dice: number;
  added: number;
  total: number;
  needed: number;
}

function sumOf({ roll }: Roll): Sum {
  const dice = roll["dice"] ?? 0;
  const added = HELP.reduce((sum, part) => sum + (roll[part] ?? 0), 0);
  return { dice, added, total: dice + added, needed: roll["needed"] ?? 0 };
}

function partsOf({ roll }: Roll): string {
  const helped = HELP.filter((part) => (roll[part] ?? 0) > 0).map((part) => `${roll[part]} ${t(`ui.roll.${part}`)}`);
  return [`${roll["dice"] ?? 0} ${t("ui.roll.dice")}`, ...helped].join(" + ");
}

/** Return the next stage, which it rolled for. */
function aimOf({ stage, won }: Roll): string {
  return stageName(won ? stage : stage + 1);
}

function resultOf(moment: Roll): string {
  const { total, needed } = sumOf(moment);
  if (moment.won) return t("ui.moment.roll.won", { stage: aimOf(moment) });
  return tn("ui.moment.roll.missed", needed - total);
}

/** Return what came of the dice in one sentence. */
export function rollSentence(view: View, moment: Roll): string {
  const { total, needed } = sumOf(moment);
  const [first = 0, second = 0] = moment.dice;
  const values = { venture: ventureName(view, moment.venture), first, second, parts: partsOf(moment), total, needed };
  const isOver = moment.won || isLastSeason(view, moment.season); // else a miss helps the next roll
  const next = isOver ? "" : t("ui.moment.roll.next.say", { n: moment.misses });
  return inARow([t("ui.moment.roll.say", values), resultOf(moment), next]);
}

export function RollCard({ moment }: { moment: Roll }) {
  const { view } = useRoom();
  const { lies, thrown, name } = useThrow(moment);
  const { seat } = useRoom();
  const lead = view.find("venture", moment.venture)?.lead ?? 0;
  const isLead = lead === seat.value;
  const { needed, added } = sumOf(moment);
  return (
    <>
      <p class="roll-aim">
        {t("ui.moment.roll.for", { venture: ventureName(view, moment.venture) })} <b>{aimOf(moment)}</b>
      </p>
      <p class={thrown && lies < 2 ? "big-dice rolling" : "big-dice"} role="img" aria-label={name}>
        {moment.dice.map((face, die) => (
          <Die key={die} face={lies > die ? face : thrown ? turned(face, die, lies) : 0} />
        ))}
      </p>
      <Boards moment={moment} open={lies >= 2} />
      {lies >= 2 ? (
        <Result moment={moment} />
      ) : (
        <Banner
          title={t("ui.moment.roll.or_more", { n: Math.max(0, needed - added) })}
          below={t(isLead ? "ui.moment.roll.chance" : "ui.moment.roll.theirs", {
            chance: `${chanceOf(needed - added)}%`,
            who: seatName(view, lead),
          })}
        />
      )}
    </>
  );
}

function turned(face: number, die: number, step: number): number {
  return ((face + (die + 2) * (step + 1)) % FACES) + 1;
}

/**
 * Let the lead throw, or the dice fall by themselves after a while: for all others only then, so that nobody knows
 * before the one who throws. Return how many of them lie.
 */
function useThrow(moment: Roll): { lies: number; thrown: boolean; name: string } {
  const room = useRoom();
  const live = useIsLive();
  const isLead = room.view.find("venture", moment.venture)?.lead === room.seat.peek();
  const [thrown, setThrown] = useState(!live);
  const [lies, setLies] = useState(live ? 0 : 2);
  useHold(
    live && isLead && !thrown
      ? { label: t("ui.moment.roll.throw"), run: () => setThrown(true) }
      : lies < 2
        ? WAITING
        : undefined,
  );
  useEffect(() => {
    if (thrown) return undefined;
    const timer = setTimeout(() => setThrown(true), WAIT_MS);
    return () => clearTimeout(timer);
  }, [thrown]);
  useEffect(() => {
    if (!thrown || !live) return undefined;
    markRolled(room, moment.venture);
    if (isStill()) {
      setLies(2);
      return undefined;
    }
    const fall = (die: number): void => {
      setLies(die + 1);
      thud(die === 1 && moment.won);
    };
    const timers = FALLS_MS.map((ms, die) => setTimeout(() => fall(die), ms));
    return () => timers.forEach(clearTimeout);
  }, [thrown]);
  const [first = 0, second = 0] = moment.dice;
  const name = lies < 2 ? t("ui.moment.roll.rolling") : t("ui.moment.roll.faces", { first, second });
  return { lies, thrown, name };
}

const WAITING = { label: "…", run: () => undefined };

/** The sum as boards laid end to end, and a line where it had to reach. */
function Boards({ moment, open }: { moment: Roll; open: boolean }) {
  const { total, needed, dice } = sumOf(moment);
  const most = Math.max(total, needed) + BEYOND;
  const shown = open ? dice : Math.max(0, needed - (total - dice));
  const wide = (points: number): { width: string } => ({ width: `${(100 * points) / most}%` });
  const short = open ? needed - total : 0;
  return (
    <div class="boards" aria-hidden="true">
      <p class="boards-need" style={{ insetInlineStart: `${(100 * needed) / most}%` }}>
        <span>{t("ui.moment.roll.needs", { n: needed })}</span>
      </p>
      <p class="boards-sum">
        <i class={open ? "" : "unknown"} style={wide(shown)}>
          {open ? dice : "?"}
        </i>
        {HELP.filter((part) => (moment.roll[part] ?? 0) > 0).map((part) => (
          <i key={part} style={wide(moment.roll[part] ?? 0)}>
            {moment.roll[part]}
          </i>
        ))}
        {short > 0 ? (
          <i class="gap" style={wide(short)}>
            {short}
          </i>
        ) : null}
      </p>
    </div>
  );
}

function Result({ moment }: { moment: Roll }) {
  const { total, needed, added } = sumOf(moment);
  return (
    <>
      <Banner
        title={resultOf(moment)}
        below={`${added > 0 ? `${partsOf(moment)} = ` : ""}${total}${comma()}${t("ui.roll.needed", { n: needed })}`}
      />
      {moment.won ? <Helped moment={moment} /> : <Missed moment={moment} />}
      <Fair moment={moment} />
    </>
  );
}

/** What anybody needs to draw these dice again; a tap in it does not go on. */
function Fair({ moment: { venture, dice, season } }: { moment: Roll }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const keep = (click: Event): void => click.stopPropagation();
    box.current?.addEventListener("click", keep);
    return () => box.current?.removeEventListener("click", keep);
  }, []);
  return (
    <div ref={box} class="fair-draw">
      <Draw venture={venture} dice={dice} season={season} />
    </div>
  );
}

/** Who helped, and whether it would have been enough without. */
export function Helped({ moment }: { moment: Roll }) {
  const own = useRoom().seat.value;
  const { total, needed } = sumOf(moment);
  const help = moment.roll["help"] ?? 0;
  const helped = moment.helpers.filter(({ delivered }) => delivered >= moment.helps);
  if (help === 0 || helped.length === 0) return null;
  const without = total - help;
  const madeIt = helped.every(({ seat }) => seat === own) ? "ui.moment.roll.made_it.own" : "ui.moment.roll.made_it";
  return (
    <Card teeth={1}>
      {helped.map(({ seat, delivered }) => (
        <Person key={seat} seat={seat} own={seat === own} note={tn("ui.moment.roll.brought", delivered)} />
      ))}
      <p>
        <b>{t(without < needed ? madeIt : "ui.moment.roll.anyway", { n: help })}</b>
        {gap()}
        {t("ui.moment.roll.without", { n: without })}
      </p>
    </Card>
  );
}

/** What would have done it, and what the miss gives the next roll. */
function Missed({ moment }: { moment: Roll }) {
  const { view } = useRoom();
  const { added, needed } = sumOf(moment);
  const kept = moment.helpers.filter(({ delivered, promised }) => delivered < promised && delivered < moment.helps);
  const before = moment.roll["misses"] ?? 0;
  const [now, next] = [chanceOf(needed - added), chanceOf(needed - added - (moment.misses - before))];
  return (
    <Card teeth={1}>
      {kept.map(({ seat, delivered, promised }) => (
        <p key={seat}>
          <b>{t("ui.moment.roll.lacked")}</b>
          {gap()}
          {t("ui.moment.roll.kept", { who: seatName(view, seat), promised, delivered })}
        </p>
      ))}
      {kept.length === 0 ? <p>{t("ui.moment.roll.would_help", { hours: moment.helps })}</p> : null}
      {isLastSeason(view, moment.season) ? (
        <p class="meta">{t("ui.moment.roll.last")}</p>
      ) : (
        <ul>
          <Row name={t("ui.moment.roll.next")}>
            <b class="amount good">+{moment.misses}</b>
          </Row>
          <Row name={t("ui.moment.roll.chance_then")}>
            <b class="amount">
              <span class="was">{now}%</span> <Arrow /> {next}%
            </b>
          </Row>
        </ul>
      )}
    </Card>
  );
}
