// What a screen says is left to do, and what happens if time runs out: never what has been done already.
import { cleanup, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Purse } from "../../../src/seat/around/purse";
import { holdingOf } from "../../../src/seat/phases/investor/targets";
import { ExchangeMaker } from "../../../src/seat/phases/maker/exchange";
import { Market } from "../../../src/seat/phases/market";
import { defaultText } from "../../../src/seat/question/default_line";
import { MineTab } from "../../../src/seat/tabs/mine_tab";
import type { Room } from "../../../src/store/room";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const MINA = 1;
const JUN = 2;
const BO = 3;
const OLGA = 4;

let open: Room | undefined;
afterEach(() => {
  cleanup();
  open?.close();
});

const TABLE = {
  game: { status: "running", season: 1, seasons: 3, phase: "exchange" },
  run: { first_season: 1 },
  seat: {
    1: { id: MINA, role: "maker", by: "person", name: "Mina" },
    2: { id: JUN, role: "maker", by: "person", name: "Jun" },
    3: { id: BO, role: "investor", by: "person", name: "Bo" },
    4: { id: OLGA, role: "operator", by: "person", name: "Olga" },
  },
  maker: {
    1: { seat: MINA, venture: 5, skills: [3, 3, 3], hours: 8, spirit: 2, ties: [] },
    2: { seat: JUN, venture: 6, skills: [9, 3, 3], hours: 8, spirit: 2, ties: [] },
  },
  investor: { 3: { seat: BO, badges: [], speciality: "business", type: "fund" } },
  space: { 4: { id: OLGA, stations: 0, rent: 6, vitality: 0 } },
  venture: {
    5: { id: 5, card: "rice-robot", sector: "food", space: 4, lead: MINA, cofounders: [], stage: 2, shares: {} },
  },
  account: { "operator:4": { balance: 90 } },
};

function sit(seat: number, role: string, hand: object, table: object = {}): Room {
  open?.close();
  open = roomOf({ ...TABLE, ...table }, hand, { kind: "seat", seat, role });
  return open;
}

const FORM = { type: "object", properties: { maker: { enum: [JUN] } } };

test.each([
  [BO, "investor", "exchange", "clinic", "If time runs out: nobody is taught."],
  [OLGA, "operator", "matching", "grant", "If time runs out: no further grant."],
  [BO, "investor", "incubation", "deliver", "If time runs out: all promised hours are delivered."],
  [OLGA, "operator", "exchange", "introduce", "If time runs out: you introduce nobody else."],
])("who has done what a phase asks reads of no default any more: %i %s %s", (seat, role, phase, command, said) => {
  const game = { ...TABLE.game, phase };
  expect(defaultText(sit(seat, role, { legal: { [command]: FORM } }, { game }))).toBe(said);
  expect(defaultText(sit(seat, role, { legal: {} }, { game }))).toBe("");
});

test("a space has no desks to count before it opens", () => {
  const purse = (desks: number): string | null => {
    const room = sit(OLGA, "operator", {}, { space: { 4: { ...TABLE.space[4], stations: desks } } });
    const { container, unmount } = render(<Purse />, { wrapper: inRoom(room) });
    const text = container.textContent;
    unmount();
    return text;
  };
  expect(purse(0)).not.toContain("desk");
  expect(purse(3)).toContain("3 desks");
});

test("whoever has said no is asked the same by no button, and stands below those who have not", () => {
  const asked = { id: 1, what: "exchange", sender: MINA, receiver: JUN, status: "declined", number: 1, terms: {} };
  const legal = { propose_exchange: FORM };
  const buttons = (status: string): number => {
    const room = sit(MINA, "maker", { legal, proposal: { 1: { ...asked, status } } });
    const { container, unmount } = render(<ExchangeMaker />, { wrapper: inRoom(room) });
    const found = container.querySelectorAll("button[aria-label^='Learn Technology']").length;
    unmount();
    return found;
  };
  expect(buttons("lapsed")).toBe(1);
  expect(buttons("declined")).toBe(0);
});

test("an operator, who has no secret aim, has no empty page for one", () => {
  const tabs = (seat: number, role: string): boolean => {
    const { container, unmount } = render(<MineTab />, { wrapper: inRoom(sit(seat, role, {})) });
    const found = container.textContent?.includes("Aims") ?? false;
    unmount();
    return found;
  };
  expect(tabs(OLGA, "operator")).toBe(false);
  expect(tabs(MINA, "maker")).toBe(true);
});

test("an investor who may set a price is asked for it", () => {
  const set = { type: "object", properties: { venture: { enum: [5] }, price: { enum: ["low", "fair"] } } };
  const heading = (legal: object): string | null | undefined => {
    const game = { ...TABLE.game, phase: "market" };
    const { container, unmount } = render(<Market />, { wrapper: inRoom(sit(BO, "investor", { legal }, { game })) });
    const found = container.querySelector("h1")?.textContent;
    unmount();
    return found;
  };
  expect(heading({ set_price: set })).toBe("What will you charge?");
  expect(heading({})).toBe("Who will sell most in the end?");
});

test("what an investor has just signed for is added to what it held", () => {
  const venture = { ...TABLE.venture[5], shares: { [BO]: 3000 } };
  const deal = { id: 9, season: 1, investor: BO, maker: MINA, venture: 5, credits: 37, shares: 1650, hours: 0 };
  const room = sit(BO, "investor", { deal: { 9: deal } }, { venture: { 5: venture } });
  expect(holdingOf(room, room.view.find("venture", 5))).toBe(4650);
});
