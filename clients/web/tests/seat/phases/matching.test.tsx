// Matching under any mix of rule modules: which halves there are, what they ask, and what they send.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Tree } from "../../../src/protocol/frames";
import { loadScreens } from "../../../src/seat/phases/screens";
import { defaultText } from "../../../src/seat/question/default_line";
import { PhaseRules } from "../../../src/seat/tabs/module_rules";
import { Now } from "../../../src/seat/tabs/now";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

const WORLD = { birth_credits: 60, package_hours: 4, phase: "" };
const READY = { type: "object", properties: { ready: { type: "boolean" } }, required: ["ready"] };
const BID = {
  type: "object",
  properties: { venture: { enum: [1] }, shares: { type: "integer", minimum: 0, maximum: 4000 } },
  required: ["venture"],
};
const PACKAGES = (maximum: number): object => ({
  type: "object",
  properties: { packages: { type: "integer", minimum: 0, maximum } },
  required: ["packages"],
});
const CALL = {
  type: "object",
  properties: { kind: { enum: ["any", "angel"] }, shares: { type: "integer", minimum: 0, maximum: 4000 } },
  required: ["kind", "shares"],
};
const VENTURE = {
  id: 1,
  card: "rice-robot",
  sector: "food",
  lead: 1,
  space: 3,
  stage: 0,
  born: false,
  difficulty: 7,
  tracks: [0, 0, 0],
  shares: { 1: 10000 },
  cofounders: [],
  dice: [],
  closed: "",
};

let open: Room | undefined;
beforeAll(() => Promise.all(["maker", "investor"].map(loadScreens)));
afterEach(() => {
  open?.close();
  vi.unstubAllGlobals();
});

function table(role: string, modules: Tree, phase = "matching"): Tree {
  return {
    game: { scenario: "mix", seasons: 4, status: "running", season: 1, phase, phase_number: 3, commitment: "" },
    seat: { 1: { id: 1, role, name: "Mina" } },
    module: { world: WORLD, ...modules },
    world: { tax: 10 },
    maker: { 1: { seat: 1, venture: 1, skills: [1, 1, 1], ties: [] } },
    investor: { 1: { seat: 1, type: "angel", speciality: "any", badges: [3] } },
    venture: { 1: VENTURE },
  } as unknown as Tree;
}

function enter(role: string, modules: Tree, legal: object, defaults: object = {}, more: object = {}): FakeWorld {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(
    welcome(
      { ...table(role, modules), ...more } as Tree,
      { legal: { ready: READY, ...legal }, default: defaults } as Tree,
      {
        you: { kind: "seat", seat: 1, role },
      },
    ),
  );
  render(<RoomContext.Provider value={open}>{<Now />}</RoomContext.Provider>);
  return world;
}

const heading = (): string | null => screen.getByRole("heading", { level: 1 }).textContent;

test("a bid asks for a package of the size that the table names, and is sent as a percentage's shares", async () => {
  const world = enter("investor", { auction: { phase: "matching", pricing: 2, reserve: 3500 } }, { bid: BID });
  expect(heading()).toBe("What do you bid, and on whom?");
  expect(screen.getByText(/second-lowest asked/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: /^Bid for/ }));
  expect(screen.getByRole("spinbutton", { name: "Shares for 60 credits" })).toHaveProperty("value", "35");
  fireEvent.click(screen.getByRole("button", { name: "Done" }));
  await waitFor(() =>
    expect(world.last.commands()[0]).toMatchObject({ name: "bid", args: { venture: 1, shares: 3500 } }),
  );
});

test("the first price is told where the table says so", () => {
  enter("investor", { auction: { phase: "matching", pricing: 1, reserve: 3500 } }, { bid: BID });
  expect(screen.getByText(/wins and gets what it asked/)).toBeTruthy();
  expect(screen.queryByText(/second-lowest/)).toBeNull();
});

test("money and hours have a half each, and one way alone has none", () => {
  enter(
    "investor",
    { auction: { phase: "matching", pricing: 2 }, planner: { phase: "matching", shares: 300 } },
    { bid: BID, take_part: PACKAGES(3) },
  );
  fireEvent.click(screen.getByRole("button", { name: "Hours" }));
  expect(heading()).toBe("How much of your time joins the plan?");
  expect(screen.getByText(/package of 4 hours .* for 3% of the venture/)).toBeTruthy();
  open?.close();
});

test("a half in which a seat can do nothing is not there", () => {
  enter(
    "maker",
    { auction: { phase: "matching", pricing: 2 }, planner: { phase: "matching" } },
    { call_auction: CALL },
  );
  expect(screen.queryByRole("button", { name: "Hours" })).toBeNull();
});

test("a lead's call names who may win and the most that it gives", async () => {
  const world = enter(
    "maker",
    { auction: { phase: "matching", pricing: 2 } },
    { call_auction: CALL },
    { call_auction: { kind: "any", shares: 3500 } },
  );
  fireEvent.click(screen.getByRole("button", { name: "Angel" }));
  fireEvent.click(screen.getByRole("button", { name: "Done" }));
  await waitFor(() =>
    expect(world.last.commands()[0]).toMatchObject({ name: "call_auction", args: { kind: "angel", shares: 3500 } }),
  );
});

test("staying out of a plan is one tap", async () => {
  const world = enter(
    "maker",
    { planner: { phase: "matching", shares: 300 } },
    { take_part: PACKAGES(1) },
    { take_part: { packages: 1 } },
  );
  fireEvent.click(screen.getByRole("button", { name: /No hours this time/ }));
  fireEvent.click(screen.getByRole("button", { name: "Done" }));
  await waitFor(() => expect(world.last.commands()[0]).toMatchObject({ name: "take_part", args: { packages: 0 } }));
});

test.each([
  [
    "maker",
    { negotiation: { phase: "matching" }, clearinghouse: { phase: "matching" } },
    { set_floor: {}, rank: {} },
    { set_floor: { credits: 60, shares: 3500 }, rank: { investors: [2] } },
    "you sign the best offer of 60 credits or more for 35% at most; you rank all whose fee you can pay",
  ],
  ["maker", { negotiation: { phase: "matching" } }, {}, {}, "open offers lapse"],
  [
    "maker",
    { auction: { phase: "matching", pricing: 2 }, planner: { phase: "matching" } },
    { call_auction: {}, take_part: {} },
    { call_auction: { kind: "any", shares: 3500 }, take_part: { packages: 0 } },
    "you call for money, 35% at most; you take no hours",
  ],
  [
    "investor",
    { clearinghouse_capital: { phase: "matching" }, auction_hours: { phase: "matching" } },
    { rank_capital: {}, bid_hours: {} },
    { rank_capital: { ventures: [] } },
    "your money goes to no one; no bid with hours",
  ],
])("what happens to a %s unasked is true under the modules played", (role, modules, legal, defaults, what) => {
  enter(role, modules as Tree, legal, defaults);
  expect(defaultText(open as Room)).toBe(`If time runs out: ${what}.`);
});

test.each([
  ["matching", "planner_capital", {}, "A planner places money"],
  ["market", "pro_rata", {}, "split by the hours and capital"],
  ["appraisal", "bottom_share", { share: 20 }, "the last 20% close"],
  ["appraisal", "none", {}, "only debt closes a venture"],
])("in %s under %s the rule that is played is told", (phase, module, parameters, words) => {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome(table("maker", { [module]: { phase, ...parameters } } as Tree, phase)));
  const { container } = render(<RoomContext.Provider value={open}>{<PhaseRules />}</RoomContext.Provider>);
  expect(container.textContent).toContain(words);
});

test("rules for money stand before rules for hours", () => {
  enter(
    "maker",
    { planner: { phase: "matching" }, planner_capital: { phase: "matching" } },
    { take_part: PACKAGES(1), take_part_capital: PACKAGES(1) },
  );
  const { container } = render(<RoomContext.Provider value={open as Room}>{<PhaseRules />}</RoomContext.Provider>);
  expect(container.textContent).toMatch(/money .* hours/);
});

test("a command that no screen knows gets a plain form with its help and its fields by name", async () => {
  const words = {
    "command.barter": "Barter",
    "command.barter.help": "Trades hours for favours.",
    "field.favours": "Favours",
  };
  vi.stubGlobal("fetch", async () => ({ ok: true, json: async () => words }));
  const schema = {
    type: "object",
    properties: { favours: { type: "integer", minimum: 1, maximum: 5 }, long_term: { type: "boolean" } },
    required: ["favours", "long_term"],
  };
  const world = enter(
    "maker",
    { planner: { phase: "matching", shares: 300 }, stall: { phase: "matching", words: "own" } },
    { take_part: PACKAGES(1), barter: schema },
  );
  fireEvent.click(await screen.findByRole("button", { name: "Barter" }));
  const form = await screen.findByRole("dialog");
  expect(form.textContent).toContain("Trades hours for favours.");
  expect(screen.getByRole("spinbutton", { name: "Favours" })).toBeTruthy();
  expect(form.textContent).toContain("long term");
  fireEvent.click(
    [...form.querySelectorAll("button")].find((button) => button.textContent === "Barter") as HTMLElement,
  );
  expect(world.last.commands().at(-1)).toMatchObject({ name: "barter", args: { favours: 1, long_term: true } });
});

test("a second way for the same good is offered by plain forms", () => {
  enter(
    "investor",
    { negotiation: { phase: "matching" }, auction: { phase: "matching" } },
    { send_terms: { properties: {} }, bid: BID },
  );
  expect(screen.queryByRole("button", { name: "Money" })).toBeNull();
  expect(screen.getByRole("button", { name: "Lock my bid" })).toBeTruthy();
});

const OTHERS = {
  2: { ...VENTURE, id: 2, card: "bee-payroll", lead: 2, shares: { 2: 10_000 } },
  3: { ...VENTURE, id: 3, card: "duck-patrol", lead: 3, shares: { 3: 7000, 1: 3000 } },
};
const RANK = { properties: { ventures: { type: "array", items: { enum: [1, 2, 3] }, maxItems: 3 } } };
const LISTS = { clearinghouse: { phase: "matching" } };
const places = (): (string | null | undefined)[] =>
  [...document.querySelectorAll("ol > .rank-line > bdi")].map((each) => each.textContent);

test("an investor's list for hours begins with its own investments, and that is sealed", async () => {
  const more = { venture: { 1: { ...VENTURE, lead: 4, shares: { 4: 10_000 } }, ...OTHERS } };
  const world = enter("investor", LISTS, { rank: RANK }, { rank: { ventures: [1, 2, 3] } }, more);
  expect(places()[0]).toBe("Duck Patrol");
  expect(screen.getByText("What you hold most of stands first.")).toBeTruthy();
  expect(screen.getByText("You hold 30%")).toBeTruthy();
  await waitFor(() => expect(world.last.commands()[0]).toMatchObject({ name: "rank", args: { ventures: [3, 1, 2] } }));
});

test("how hours are matched is said before the list, with what they bring", () => {
  const rank = { properties: { investors: { type: "array", items: { enum: [2] }, maxItems: 1 } } };
  enter("maker", LISTS, { rank }, { rank: { investors: [2] } });
  expect(screen.getByText(/your favourite on top never hurts you/)).toBeTruthy();
  expect(screen.getByText(/works 4 hours for you/)).toBeTruthy();
});

const SEND = {
  properties: {
    venture: { enum: [1, 2, 3, 4] },
    credits: { type: "integer", minimum: 0, maximum: 90 },
    shares: { type: "integer", minimum: 0, maximum: 4000 },
  },
  required: ["venture"],
  "x-start": [{ venture: [1, 2, 3, 4], start: { credits: 60, shares: 3000 }, maximum: { credits: 90 } }],
};
const KNOWN = {
  venture: {
    1: { ...VENTURE, sector: "city", shares: { 9: 10_000 } },
    2: { ...OTHERS[2], sector: "city" },
    3: { ...OTHERS[3], sector: "city" },
    4: { ...VENTURE, id: 4, card: "bench-vote", lead: 9, shares: { 9: 10_000 } },
  },
  investor: { 1: { seat: 1, type: "angel", speciality: "any", badges: [3], thesis_sectors: ["food", "health"] } },
  look: { "1:2": { seat: 1, venture: 2, lo: 3, hi: 6, list_lo: 1, list_hi: 6, count: 1 } },
};

test("an investor reads its own investments first, then its sectors, and last what it knows nothing of", () => {
  enter("investor", { negotiation: { phase: "matching" } }, { send_terms: SEND }, {}, KNOWN);
  const cards = [...document.querySelectorAll(".cards .name")].map((each) => each.textContent);
  expect(cards).toEqual(
    ["Duck Patrol", "Bench Vote", "Bee Payroll", "Rice Robot"].map((name) => expect.stringContaining(name)),
  );
  expect(screen.getByText(/You hold 30% of it/)).toBeTruthy();
  expect(screen.getAllByRole("button", { name: /^Offer 60 for 30%: / })).toHaveLength(4);
});

test("the fair deal with the venture that stands first goes out with one tap, and is not sent twice", async () => {
  const world = enter("investor", { negotiation: { phase: "matching" } }, { send_terms: SEND }, {}, KNOWN);
  const [first] = screen.getAllByRole("button", { name: /^Offer 60 for 30%: / });
  fireEvent.click(first as Element);
  await waitFor(() =>
    expect(world.last.commands().at(-1)).toMatchObject({
      name: "send_terms",
      args: { venture: 3, credits: 60, shares: 3000 },
    }),
  );
  cleanup();
  const own = { id: 1, venture: 3, maker: 3, investor: 1, by: "investor", status: "open", credits: 60, shares: 3000 };
  enter("investor", { negotiation: { phase: "matching" } }, { send_terms: SEND }, {}, { ...KNOWN, sheet: { 1: own } });
  expect(screen.getAllByRole("button", { name: /^Offer 60 for 30%: / })).toHaveLength(3);
});

test("whoever has said no is not proposed again: the fair deal goes to the next", () => {
  const no = {
    id: 1,
    venture: 3,
    maker: 3,
    investor: 1,
    by: "investor",
    status: "declined",
    credits: 60,
    shares: 3000,
  };
  enter("investor", { negotiation: { phase: "matching" } }, { send_terms: SEND }, {}, { ...KNOWN, sheet: { 1: no } });
  expect(screen.getByRole("button", { name: /^Other terms: / }).getAttribute("aria-label")).toContain("Bench Vote");
});

test("what is sealed stands in words on the other half, to be changed until the close", () => {
  const choice = { seat: 1, command: "rank", target: "", args: { ventures: [3, 1] }, by_default: false };
  const modules = { negotiation: { phase: "matching" }, ...LISTS };
  enter(
    "investor",
    modules,
    { look: {}, send_terms: { properties: {} }, rank: RANK },
    {},
    {
      venture: { 1: VENTURE, ...OTHERS },
      choice: { "1:rank:": choice },
    },
  );
  expect(
    screen.getByText("Sealed, to be changed until the close: your list for hours: Duck Patrol › Rice Robot"),
  ).toBeTruthy();
});

test("what an investor has just signed for counts as its own before the close", async () => {
  const more = { venture: { 1: { ...VENTURE, lead: 4, shares: { 4: 10_000 } }, ...OTHERS } };
  const deal = {
    9: { id: 9, season: 1, maker: 2, investor: 1, venture: 2, credits: 60, hours: 0, shares: 2500, fee: 0 },
  };
  enter("investor", LISTS, { rank: RANK }, { rank: { ventures: [1, 2, 3] } }, { ...more, deal });
  expect(screen.getByText("You hold 25%")).toBeTruthy();
  expect(places()).toEqual(["Duck Patrol", "Bee Payroll", "Rice Robot"]); // the most first
});

test("an idea that closes without money has its meter where money is asked for", async () => {
  const fate = { kind: "venture", id: 1, what: "born", must: 60, by: 2, least: 0, most: 0, verdict: "danger" };
  vi.spyOn(Room.prototype, "preview").mockResolvedValue({ numbers: {}, fates: { "venture:1": fate } } as never);
  enter("maker", { negotiation: { phase: "matching" } }, { send_terms: SEND }, {}, { venture: { 1: VENTURE } });
  expect(await screen.findByText(/Not born by the end of season 2: it has 0 of 60 credits/)).toBeTruthy();
  vi.restoreAllMocks();
});

test.each([
  [[2], "Do you want the hours of Bo?"],
  [[2, 3], "Whose hours, in what order?"],
])("a maker who may rank %j is asked: %s", (investors, asked) => {
  const rank = { type: "object", properties: { investors: { type: "array", items: { enum: investors } } } };
  const seat = { 1: { id: 1, role: "maker", name: "Mina" }, 2: { id: 2, role: "investor", name: "Bo" } };
  enter("maker", { clearinghouse: { phase: "matching" } }, { rank }, {}, { seat });
  expect(heading()).toBe(asked);
});
