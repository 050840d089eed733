// What was decided about a seat: said from the facts of its hand, with the score and the bar.
import { render } from "@testing-library/preact";
import type { ComponentChildren } from "preact";
import { afterEach, expect, test } from "vitest";
import type { Tree } from "../../../src/protocol/frames";
import { Dangers, Decided, StandingParts } from "../../../src/seat/tabs/decided";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const MINA = 1;
const BO = 2;
const OLGA = 3;
const TABLE = {
  game: { season: 2, seasons: 4, phase: "appraisal", status: "running" },
  seat: {
    1: { id: MINA, role: "maker", name: "Mina" },
    2: { id: BO, role: "investor", name: "Bo" },
    3: { id: OLGA, role: "operator", name: "Olga" },
  },
  space: { 3: { id: OLGA } },
  venture: { 5: { id: 5, card: "rice-robot", lead: MINA, stage: 2, shares: {}, cofounders: [] } },
} as unknown as Tree;
const PITCH = { maker: MINA, space: OLGA, season: 2, venture: 5, score: 34, bar: 36, desks: 2, outcome: "below" };
const ASKED = { investor: BO, space: OLGA, season: 2, score: 40, bar: 55, outcome: "below" };

function read(seat: number, role: string, hand: object, shown: ComponentChildren): string[] {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome(TABLE, hand as unknown as Tree, { you: { kind: "seat", seat, role } }));
  const { container } = render(<RoomContext.Provider value={open}>{shown}</RoomContext.Provider>);
  return [...container.querySelectorAll("p")].map((line) => line.textContent ?? "");
}

test("a maker reads its pitch, and the operator reads whose pitch it was", () => {
  const hand = { pitch: { 1: PITCH } };
  expect(read(MINA, "maker", hand, <Decided />)[0]).toMatch(/your pitch scored 34, the bar is 36/);
  expect(read(OLGA, "operator", hand, <Decided />)).toEqual(["Mina pitched: 34, the bar is 36. Turned away."]);
});

test("an investor that was refused reads what was judged, and the operator who asked", () => {
  const hand = { application: { "2:3": ASKED } };
  expect(read(BO, "investor", hand, <Decided />)[0]).toMatch(/judged 40, the bar is 55/);
  expect(read(OLGA, "operator", hand, <Decided />)).toEqual([
    "Bo asked for a badge: judged 40, the bar is 55. Turned away.",
  ]);
});

test("a list for hours says from whom none came and why, and nothing of those that came", () => {
  const lead = { seat: MINA, season: 2, venture: 5, answers: { 2: "full", 4: "given", 6: "unasked" } };
  expect(read(MINA, "maker", { list_answer: { 1: lead } }, <Decided />)).toEqual([
    expect.stringMatching(/^Bo gave all hours to others/),
  ]);
  const investor = { seat: BO, season: 2, venture: 0, answers: { 5: "free" } };
  expect(read(BO, "investor", { list_answer: { 2: investor } }, <Decided />)[0]).toMatch(/room for more hours/);
});

test("an appraisal is told by its measures; one rating alone is none of them", () => {
  const measures = { investor: BO, space: OLGA, served: 60, growth: 0, competition: 83, weights: [3, 3, 2, 2] };
  const now = { ...measures, season: 2, score: 30, bar: 34, lost: true };
  const [said, bar] = read(BO, "investor", { appraisal: { "2:3": now } }, <Decided />);
  expect(said).toMatch(/served 60, growth 0, competition 83\. One lead rated you/);
  expect(bar).toMatch(/under 34: you have 30/);
});

test("a venture's sales stand beside the bar while it can still be saved", () => {
  const danger = { venture: 5, seats: [MINA], space: 0, season: 2, sold: 20, bar: 25, reason: "unsold" };
  const safe = { ...danger, sold: 30, reason: "" };
  expect(read(MINA, "maker", { danger: { 5: danger } }, <Dangers />)[0]).toMatch(
    /20 credits; the bar is 25\. It closes/,
  );
  expect(read(MINA, "maker", { danger: { 5: safe } }, <Dangers />)[0]).toMatch(/30 credits; the bar is 25: it goes on/);
});

test("a standing is told with the parts that add up to it", () => {
  const hand = { standing: { 1: { seat: MINA, season: 2, parts: { credits: 22, shares: 0, spirit: 24 } } } };
  expect(read(MINA, "maker", hand, <StandingParts />)).toEqual(["Credits 22Spirit 24"]);
});
