// What this seat learned and taught while a phase was open, and by whom.
import type { DatedLine } from "../../../store/log";
import { SKILLS } from "../../../store/names";
import type { Change, Faded, Learned, Moment, Taught } from "../kinds";
import type { Table } from "../snapshot";
import { type Asked, isCloseOf } from "./asked";

/** Return the skills that rose; what a venture's end has taught is told with the end. */
export function learned(asked: Asked): Moment[] {
  const { before, now } = asked;
  if (Object.entries(now.ventures).some(([id, { closed }]) => closed && before.ventures[Number(id)]?.closed === false))
    return [];
  const spirit = spiritOf(asked);
  const ties = now.ties.filter((seat) => !before.ties.includes(seat));
  const rose = now.skills.flatMap((after, skill): Learned[] => {
    const level = before.skills[skill] ?? after;
    if (after <= level) return [];
    return [
      {
        kind: "learned",
        id: `${before.season}.${before.phase}.learned.${skill}`,
        season: before.season,
        phase: before.phase,
        full: false,
        skill,
        level: { before: level, after },
        from: teachersOf(asked, SKILLS[skill] ?? ""),
        spirit: undefined,
        ties: [],
      },
    ];
  });
  const [first, ...more] = [...rose, ...taught(asked, rose)];
  if (!first) return [];
  return [first.kind === "learned" ? { ...first, spirit, ties } : { ...first, spirit }, ...more];
}

/** Return how spirit rose, and in the exchange how it stands once it has faded: elsewhere that is no lesson's price. */
function spiritOf({ before, now }: Asked): Change | undefined {
  if (before.spirit === undefined || now.spirit === undefined) return undefined;
  const change = { before: before.spirit, after: now.spirit };
  return change.after > change.before || before.phase === "exchange" ? change : undefined;
}

/** Return that spirit has faded where this seat met nobody. */
export function faded(asked: Asked): Faded[] {
  const { before, now } = asked;
  if (!isCloseOf("exchange", asked) || before.spirit === undefined || now.spirit === undefined) return [];
  if (now.spirit >= before.spirit || learned(asked).length > 0) return [];
  return [
    {
      kind: "faded",
      id: `${before.season}.faded`,
      season: before.season,
      phase: "exchange",
      full: false,
      spirit: { before: before.spirit, after: now.spirit },
    },
  ];
}

/** Return who stood beside this seat in a line about two; 0: it is about others, as everybody hears of some lessons. */
function otherIn({ values = {} }: DatedLine, seat: number): number {
  const two = [values["maker"], values["seat"], values["investor"]].map(Number);
  return two.includes(seat) ? (two.find((each) => each && each !== seat) ?? 0) : 0;
}

const TOGETHER = ["exchange_made", "clinic_held"];

/** Return who taught a skill: the lines of a lesson say first who met, then what was learned. */
function teachersOf({ room, lines }: Asked, skill: string): number[] {
  const seat = room.seat.value;
  const found = lines.flatMap(({ text, values = {} }, at) => {
    if (values["skill"] !== skill || values["maker"] !== seat) return [];
    if (text === "mentor_taught") return [Number(values["investor"])];
    const met = text === "skill_learnt" ? lines.slice(0, at).filter((line) => isWith(line, seat)) : [];
    return met.slice(-1).map((line) => otherIn(line, seat));
  });
  return [...new Set(found)];
}

function isWith(line: DatedLine, seat: number): boolean {
  return TOGETHER.includes(line.text) && otherIn(line, seat) > 0;
}

/** Return what an investor knows now of the venture of whom it has taught; others look at nothing. */
function lookAt({ view, seat, role }: Table, maker: number): Pick<Taught, "look"> {
  const venture = view.find("maker", maker)?.venture;
  const look = role.value === "investor" && venture ? view.find("look", `${seat.value}:${venture}`) : undefined;
  if (!look || !venture) return {};
  return { look: { venture, lo: Math.max(look.lo, look.list_lo), hi: Math.min(look.hi, look.list_hi) } };
}

/** Return what somebody has learned of this seat, a mentor; what a clinic has taught is its pupil's alone to know. */
function lessonOf(lines: readonly DatedLine[], seat: number, whom: number): Pick<Taught, "skill"> {
  const line = lines.find(
    ({ text, values = {} }) => text === "mentor_taught" && values["investor"] === seat && values["maker"] === whom,
  );
  const skills: readonly string[] = SKILLS;
  const skill = skills.indexOf(String(line?.values?.["skill"]));
  return skill < 0 ? {} : { skill };
}

/** Return whom this seat has taught: makers of whom it learned nothing when they met, and whom an investor taught. */
function taught({ room, lines, before }: Asked, rose: readonly Learned[]): Taught[] {
  const seat = room.seat.value;
  const lessons = room.role.value === "maker" ? ["exchange_made"] : ["clinic_held", "mentor_taught"];
  const met = lines.filter((line) => lessons.includes(line.text)).map((line) => otherIn(line, seat));
  return [...new Set(met)]
    .filter((whom) => whom > 0 && !rose.some((lesson) => lesson.from.includes(whom)))
    .map((whom) => ({
      kind: "taught",
      id: `${before.season}.${before.phase}.taught.${whom}`,
      season: before.season,
      phase: before.phase,
      full: false,
      whom,
      spirit: undefined,
      ...lessonOf(lines, seat, whom),
      ...lookAt(room, whom),
    }));
}
