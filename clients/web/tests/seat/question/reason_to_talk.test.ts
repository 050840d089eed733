// Whom to walk to, and why: only what the table says, and people before bots.
import { beforeAll, expect, test } from "vitest";
import { reasonToTalk } from "../../../src/seat/question/reason_to_talk";
import { load } from "../../../src/texts";
import { roomOf } from "../../rig/rooms";

beforeAll(() => load("en"));

const seat = (id: number, role: string, name: string, by = "person") => ({ id, role, name, by, ready: false });
const GAME = { status: "running", season: 1, phase: "exchange" };
const VENTURE = { id: 7, lead: 1, card: "", space: 0, closed: "", tracks: [9, 3, 9] };
const TABLE = {
  game: GAME,
  seat: {
    1: seat(1, "maker", "Ann"),
    2: seat(2, "maker", "Ben"),
    3: seat(3, "investor", "Cai"),
    4: seat(4, "operator", "Dee"),
  },
  maker: {
    1: { seat: 1, skills: [6, 2, 3], venture: 7 },
    2: { seat: 2, skills: [2, 5, 3], venture: 0 },
  },
  investor: { 3: { seat: 3, type: "fund", speciality: "customers", badges: [] } },
  space: { 4: { id: 4 } },
  venture: { 7: VENTURE },
};

function said(role: string, own: number, table: object = TABLE): string[] {
  const phases = [1, 2, 3, 4];
  const told = phases.map((phase_number) =>
    reasonToTalk(
      roomOf({ ...table, game: { ...GAME, phase_number } } as never, {}, { kind: "seat", seat: own, role } as never),
    ),
  );
  return [...new Set(told)].sort();
}

test("a maker is sent to who knows what it lacks, to who helps its venture, and to a door", () => {
  expect(said("maker", 1)).toEqual([
    "Walk to the brown bear: Cai helps with Customers, which Venture 7 lacks most.",
    "Walk to the green owl: Ben knows Network, you know Technology.",
    "Walk to the white rabbit: Dee runs North Hall. What would it take to get in?",
  ]);
});

test("investors and operators are sent to leads", () => {
  expect(said("investor", 3)).toEqual([
    "Walk to the orange fox: Ann builds Venture 7, which lacks Customers most. You bring it.",
  ]);
  expect(said("operator", 4)).toEqual([
    "Walk to the orange fox: Ann builds Venture 7 in the garage. What would bring it in?",
  ]);
});

test("nobody is sent to a bot, and there is another prompt each time", () => {
  const bots = Object.fromEntries(Object.entries(TABLE.seat).map(([id, each]) => [id, { ...each, by: "bot" }]));
  const told = said("maker", 1, { ...TABLE, seat: bots });
  expect(told).toHaveLength(4);
  expect(told.filter((sentence) => sentence.includes("Walk to"))).toEqual([]);
});

test("with whom one has signed this season, there is nothing left to talk about", () => {
  const deal = { 1: { season: 1, venture: 7, investor: 3, maker: 1 } };
  expect(said("investor", 3, { ...TABLE, deal }).filter((sentence) => sentence.includes("Ann"))).toEqual([]);
});
