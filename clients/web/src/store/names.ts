// Names of what lies on the table. Wherever a number of an entity is to be shown, it is shown by one of these.

import { has, t } from "../texts/index";
import { isHolding, percent } from "../texts/numbers";
import { letters } from "../texts/signs";
import type { View } from "./view";

const EDITION = "#";

const MOST = 60; // twenty narrow letters, or twelve as wide as they are high
const NARROW = 3;
const WIDE = 5;

/** Return what a seat is called, short enough to stand on the table; its own people read it whole. */
export function seatName(view: View, seat: number): string {
  const name = wholeName(view, seat);
  if (name.length * WIDE <= MOST) return name;
  let room = MOST;
  const all = letters(name);
  const fits = all.findIndex((letter) => {
    room -= /[\u1100-\u11ff\u2e80-\uffff]/.test(letter) ? WIDE : NARROW;
    return room < 0;
  });
  return fits < 0
    ? name
    : `${all
        .slice(0, fits - 1)
        .join("")
        .trimEnd()}…`;
}

/** Return the whole name of a seat, however long. */
export function wholeName(view: View, seat: number): string {
  const found = view.find("seat", seat);
  if (found?.name) return found.name;
  return t("ui.seat.number", { role: found ? t(`role.${found.role}`) : t("role.player"), n: seat });
}

const MOST_SHORT = 4;

/**
 * Return a name of a few letters that no other seat has: the first ones of a name, one of a script whose letters are
 * words; the first one with its number, where it ends in one; a number for the nameless, and for those who are alike.
 */
export function shortName(view: View, seat: number): string {
  const names = view.all("seat").filter(({ id, name }) => name && id !== seat);
  const name = view.find("seat", seat)?.name;
  if (!name) return String(seat);
  const numbered = name.match(/^\p{L}.*?(\p{Nd}+)$/u);
  if (numbered) return `${letters(name)[0]}${numbered[1]}`;
  const own = lettersOf(name);
  const first = /[\u3000-\uffff]/.test(own[0] ?? "") ? 1 : 2;
  const isTaken = (short: string): boolean =>
    names.some((other) =>
      lettersOf(other.name ?? "")
        .join("")
        .startsWith(short),
    );
  for (let n = first; n <= Math.min(MOST_SHORT, own.length); n += 1) {
    const short = own.slice(0, n).join("");
    if (!isTaken(short)) return short;
  }
  return `${own.slice(0, first).join("")}${seat}`;
}

function lettersOf(name: string): string[] {
  return name.match(/[\p{L}\p{N}]/gu) ?? letters(name);
}

/** Return the printed name of an idea card; a later edition of the deck carries its number. */
export function ideaName(card: string): string {
  const [printed = card, edition] = card.split(EDITION);
  const key = `idea.${printed}.name`;
  const name = has(key) ? t(key) : printed;
  return edition ? `${name} ${edition}` : name;
}

export function ideaPitch(card: string): string {
  const key = `idea.${card.split(EDITION)[0]}.pitch`;
  return has(key) ? t(key) : "";
}

export function ventureName(view: View, venture: number): string {
  const found = view.find("venture", venture);
  return found?.card ? ideaName(found.card) : t("ui.venture.number", { n: venture });
}

/** Return a space's name: the houses of the town in the order in which their operators sit. */
export function spaceName(view: View, space: number | string): string {
  const id = Number(space);
  if (!id) return t("garage");
  const order = view.all("space").findIndex((each) => each.id === id) + 1;
  const key = `ui.space.${order}`;
  return has(key) ? t(key) : t("ui.space.number", { n: order || id });
}

export function kindName(type: string, speciality: string): string {
  const exact = `kind.${type}.${speciality}`;
  return has(exact) ? t(exact) : t(`kind.${type}`);
}

/** Return what a track or a speciality is called; `any` for mentors. */
export function trackName(track: string): string {
  return track === "any" ? t("ui.any_track") : t(`track.${track}`);
}

export const ROLES = ["maker", "investor", "operator"] as const;
export const STAGES = ["idea", "prototype", "pilot", "product"] as const;
export const TRACKS = ["technology", "customers", "business"] as const;
export const SKILLS = ["technology", "network", "business"] as const;

export function stageName(stage: number): string {
  return t(`stage.${STAGES[stage] ?? "idea"}`);
}

export function exitText(reason: string): string {
  const key = `exit.${reason}`;
  return has(key) ? t(key) : reason.replaceAll("_", " ");
}

const SEATS = new Set([
  "seat",
  "maker",
  "investor",
  "operator",
  "lead",
  "last",
  "giver",
  "taker",
  "sender",
  "receiver",
  "lender",
  "board",
  "holder",
]);
const VENTURES = new Set(["venture", "ventures", "give_venture", "take_venture"]);
const WORDS: { readonly [field: string]: string } = {
  teach: "skill",
  learn: "skill",
  skill: "skill",
  track: "track",
  path: "path",
  price: "price",
  answer: "choice",
  what: "choice",
  sector: "sector",
  first: "sector",
  second: "sector",
  up: "sector",
  down: "sector",
  phase: "phase",
  command_phase: "phase",
  thing: "device_kind",
  role: "role",
  reason: "reason",
  exit: "exit",
  ambition: "ambition",
  background: "background",
};

const FREE = new Set(["text", "name", "message"]); // what people wrote is shown as it is
const PRINTED = new Set(["policy", "market"]); // cards with a name of their own

/**
 * Return how a value of a field is shown: seats, ventures and spaces by name, words of the rules by their text. Seats
 * are called by `nameOf`.
 */
export function valueName(view: View, field: string, value: unknown, nameOf = seatName): string {
  if (FREE.has(field)) return String(value);
  if (typeof value === "boolean") return t(value ? "choice.yes" : "choice.no");
  const id = Number(value);
  if (Number.isInteger(id)) {
    if (SEATS.has(field) || field === "investors") return nameOf(view, id);
    if (VENTURES.has(field)) return ventureName(view, id);
    if (field === "space" || field === "spaces") return spaceName(view, id);
    if (field === "stage") return stageName(id);
    if (isHolding(field)) return percent(id);
    if (field === "card") return cardName(view, id);
    if (field === "sheet") return sheetName(view, id);
    if (field === "proposal") return proposalName(view, id);
    return String(value);
  }
  if (value === "garage") return t("garage");
  if (field === "card" || field === "idea") return ideaName(String(value));
  if (field === "reason" && has(`exit.${value}`)) return exitText(String(value));
  const key = `${WORDS[field] ?? field}.${String(value)}${PRINTED.has(field) ? ".name" : ""}`;
  return has(key) ? t(key) : String(value);
}

function cardName(view: View, number: number): string {
  const idea = view.all("idea").find((each) => each.number === number);
  return idea ? ideaName(idea.card) : `#${number}`;
}

function sheetName(view: View, id: number): string {
  const sheet = view.find("sheet", id);
  if (!sheet) return `#${id}`;
  return t("ui.sheet.name", {
    investor: seatName(view, sheet.investor),
    venture: ventureName(view, sheet.venture),
    n: sheet.number,
  });
}

export function proposalName(view: View, id: number): string {
  const proposal = view.find("proposal", id);
  if (!proposal) return `#${id}`;
  return t("ui.proposal.name", {
    sender: seatName(view, proposal.sender),
    what: t(`ui.proposal.${proposal.what}`),
    n: proposal.number,
  });
}

const SAYS_NOTHING_AT_0: { readonly [line: string]: string } = { spirit_bonus: "bonus", subsidy: "count" };

type LineValues = { readonly [name: string]: unknown };

function keyOfLine(text: string): string | undefined {
  return [`log.${text}`, `ui.log.${text}`].find(has);
}

/** Return whether there are words for a line of the log, and something to say. */
export function isTold(text: string, values: LineValues = {}): boolean {
  return keyOfLine(text) !== undefined && values[SAYS_NOTHING_AT_0[text] ?? ""] !== 0;
}

/** Return the key of a deal that is of money or of hours alone: what is not in it is not said. */
function keyWithoutNoughts(key: string, text: string, { credits, hours, shares, fee }: LineValues): string {
  const part = hours === 0 && !fee ? "money" : credits === 0 ? (shares === 0 ? "fee" : "hours") : "";
  const short = `ui.log.${text}.${part}`;
  return has(short) ? short : key;
}

const YOU = "you"; // and `you.log.TEXT.FIELD`: a line's words for whoever stands in that field

/**
 * Return a line of the log as a sentence, or nothing where nothing is told; to the seat `reader` it says "you" where
 * the line is about it.
 */
export function lineText(view: View, text: string, values: LineValues = {}, reader = 0): string {
  const key = keyOfLine(text);
  if (!key || !isTold(text, values)) return "";
  const ours = Object.keys(values).filter((name) => reader > 0 && values[name] === reader && has(YOU));
  const own = ours.map((name) => `${YOU}.log.${text}.${name}`).find(has);
  const named = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      SEATS.has(name) && ours.includes(name) ? t(YOU) : valueName(view, name, value),
    ]),
  );
  const said = t(own ?? keyWithoutNoughts(key, text, values), named);
  return ours.length > 0 && said.startsWith(t(YOU)) ? said.charAt(0).toUpperCase() + said.slice(1) : said;
}
