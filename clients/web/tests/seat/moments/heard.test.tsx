// Every kind of moment as somebody hears it who sees nothing: one sentence at once, then card and keys in order.
import { act, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveRegions } from "../../../src/parts/page/live_regions";
import { language } from "../../../src/prefs";
import { sentenceOf } from "../../../src/seat/moments/cards/all";
import type { Kind, Moment, Of } from "../../../src/seat/moments/kinds";
import { Moments } from "../../../src/seat/moments/moments";
import { ownStory } from "../../../src/seat/moments/own_story";
import { RoomContext } from "../../../src/store/context";
import { BO, JUN, MINA, OLGA, type Played, sit } from "./played";

let played: Played | undefined;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  played?.room.close();
  act(() => {
    language.value = "en";
    vi.advanceTimersByTime(30_000); // nothing waits to be said when the next test begins
  });
  vi.useRealTimers();
});

const ONE = { season: 1, phase: "market", full: false };
const UP = { before: 3, after: 4 };
const MEASURES = { served: 40, growth: 50, rating: 60, competition: 30 };

// one of each kind: a kind without a sample does not compile
const SAMPLES: { readonly [K in Kind]: Omit<Of<K>, "kind" | "id" | "season" | "phase" | "full"> } = {
  door: {
    ...{ outcome: "below", venture: 5, space: OLGA, score: 33, bar: 36, ahead: [], seated: [JUN], desks: 3 },
    wildCard: JUN,
  },
  badge: { outcome: "given", space: OLGA, score: 50, bar: 45 },
  arrivals: { bar: 36, came: [{ seat: MINA, score: 41, outcome: "given" }], desks: 3, seated: [MINA] },
  joined: { venture: 6, maker: MINA, isIn: true, shares: 2000 },
  learned: { skill: 2, level: UP, from: [JUN], spirit: UP, ties: [JUN] },
  faded: { spirit: { before: 5, after: 4 } },
  heard: { venture: 6, lo: 3, hi: 5 },
  shock: { deck: "policy", card: "stadium-bill", effect: "tax", rate: 20, amount: 15, up: "food", down: "city" },
  paid: { venture: 5, till: { before: 57, after: 35 }, fees: 2, rent: 20 },
  births: { ventures: [5, 6], paid: 30 },
  handshake: { whom: JUN },
  declined: { whom: BO, what: "terms", reason: "price" },
  grant: { venture: 5, space: OLGA, credits: 8, outcome: "given", back: 0, till: { before: 0, after: 8 } },
  wild_card: { outcome: "let_in", whom: MINA, venture: 0 },
  taught: { whom: JUN, spirit: UP },
  signed: {
    venture: 5,
    maker: MINA,
    investor: BO,
    credits: 60,
    shares: 2500,
    hours: 0,
    fee: 0,
    keeps: 7500,
    holds: 2500,
    till: { before: 0, after: 60 },
    spirit: UP,
    born: true,
  },
  hours: { venture: 5, came: [{ whom: BO, hours: 4, fee: 2 }], missed: [{ whom: 8, reason: "full" }] },
  roll: {
    venture: 5,
    dice: [3, 2],
    roll: { dice: 5, spirit: 1, help: 2, misses: 0, needed: 9 },
    won: false,
    stage: 1,
    misses: 2,
    helpers: [{ seat: BO, delivered: 1, promised: 4 }],
    helps: 3,
  },
  unrolled: { venture: 5, reason: "short", lacks: [2, 0, 1] },
  tenants: {
    worked: [
      { venture: 5, hours: 2, rolled: true, won: true, stage: 1 },
      { venture: 6, hours: 0, rolled: false, won: false, stage: 0 },
    ],
  },
  market: {
    venture: 5,
    price: "fair",
    sold: 40,
    spent: 100,
    rivals: [{ venture: 6, sold: 20 }],
    bar: 30,
    steps: { goods: 10, wage: 8, dividend: 22 },
    holders: [{ seat: MINA, credits: 10 }],
    wage: 8,
    dividend: 10,
    credits: { before: 60, after: 78 },
  },
  rated: { space: OLGA, measures: MEASURES, score: 48, bar: 34, lost: false },
  space: { vitality: { before: 40, after: 46 }, rating: { before: 0, after: 420 }, credits: { before: 90, after: 60 } },
  bar: {
    venture: 5,
    reason: "unsold",
    sold: 5,
    bar: 8,
    own: true,
    skill: 2,
    level: UP,
    space: OLGA,
    money: [{ reason: "preference", amount: 12 }],
  },
  season: {
    points: 157,
    before: 90,
    place: 1,
    placeBefore: 2,
    of: 3,
    parts: [
      { name: "credits", points: 60, before: 54 },
      { name: "shares", points: 97, before: 36 },
    ],
  },
};

/** Return what a screen reader says, element by element; what is hidden from it is left out. */
function heard(node: Node): string[] {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent?.trim() ? [node.textContent.trim()] : [];
  if (!(node instanceof Element) || node.getAttribute("aria-hidden") === "true") return [];
  const label = node.getAttribute("aria-label");
  const inside = label && node.matches("button, [role=img], svg") ? [label] : [...node.childNodes].flatMap(heard);
  if (node.matches("h1")) return [`heading: ${inside.join(" ")}`];
  if (node.matches("button")) return [`button: ${inside.join(" ")}`];
  return inside;
}

const STEP_MS = 200;
const LONG_MS = 6000; // dice fall by themselves by then

function play(kind: Kind): { moment: Moment; container: Element } {
  played = sit(MINA, "maker");
  const { room } = played;
  const moment = { kind, id: `1.${kind}`, ...ONE, ...SAMPLES[kind] } as unknown as Moment;
  const story = ownStory(room);
  story.waiting.value = [moment];
  const { container } = render(
    <RoomContext.Provider value={room}>
      <LiveRegions />
      <Moments moment={moment} />
    </RoomContext.Provider>,
  );
  for (let ms = 0; ms < LONG_MS; ms += STEP_MS) act(() => void vi.advanceTimersByTime(STEP_MS));
  return { moment, container };
}

const KINDS = Object.keys(SAMPLES) as Kind[];

test.each(KINDS.flatMap((kind) => (["en", "zh"] as const).map((lang) => [kind, lang] as const)))(
  "%s is heard in %s as a sentence, then as a card with one heading and keys that have names",
  (kind, lang) => {
    language.value = lang;
    const { moment, container } = play(kind);
    const section = container.querySelector(".moment");
    if (!section || !played) throw new Error("no moment is shown");
    const said = sentenceOf(played.room, moment);
    expect([...container.querySelectorAll("[aria-live]")].map((region) => region.textContent).join(" ")).toContain(
      said,
    );
    const all = heard(section);
    expect(all.filter((each) => each.startsWith("heading: "))).toHaveLength(1);
    expect(all.filter((each) => each === "button: ")).toEqual([]);
    expect(all.at(-1)).toMatch(/^button: ./);
    expect(document.activeElement?.tagName).toBe("H1");
    const words = [said, ...all].join(" ");
    expect(words).not.toMatch(/\{|undefined|NaN|ui\.|_/);
    if (lang === "zh") expect(words.replace(/Mina|Jun|Bo|Olga|heading|button/g, "")).not.toMatch(/[a-z]{3,}/);
  },
);
