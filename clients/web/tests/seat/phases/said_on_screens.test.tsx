// What a screen says beside its question: what has been answered, what a thing costs and pays, what is new.
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import type { VNode } from "preact";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Tree } from "../../../src/protocol/frames";
import { go } from "../../../src/route";
import { Purse } from "../../../src/seat/around/purse";
import { loadScreens } from "../../../src/seat/phases/screens";
import { Now } from "../../../src/seat/tabs/now";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";
import { inRoom } from "../../rig/in_room";

const READY = { type: "object", properties: { ready: { type: "boolean" } }, required: ["ready"] };
const VENTURE = { card: "rice-robot", sector: "food", stage: 0, born: false, tracks: [0, 0, 0], dice: [], closed: "" };
const TABLE = {
  seat: {
    1: { id: 1, role: "maker", name: "Mina", by: "person" },
    2: { id: 2, role: "investor", name: "Bo", by: "person" },
    3: { id: 3, role: "maker", name: "Jun", by: "person" },
    4: { id: 4, role: "operator", name: "Olga", by: "person" },
  },
  maker: {
    1: { seat: 1, venture: 5, skills: [5, 2, 3], spirit: 5, hours: 10, ties: [] },
    3: { seat: 3, venture: 6, skills: [7, 2, 3], spirit: 5, hours: 10, ties: [] },
  },
  investor: { 2: { seat: 2, type: "angel", speciality: "any", badges: [], fee: 0, shares: 100, hours: 8 } },
  space: { 4: { id: 4, stations: 3, rent: 12, maker_bar: 36, investor_bar: 45, bonus: {}, skills: [] } },
  account: { "maker:1": { balance: 60 }, "investor:2": { balance: 200 } },
  venture: {
    5: { ...VENTURE, id: 5, lead: 1, space: 4, shares: { 1: 10_000 }, cofounders: [] },
    6: { ...VENTURE, id: 6, lead: 3, space: 4, shares: { 3: 10_000 }, cofounders: [] },
  },
};

let open: Room | undefined;
beforeAll(() => Promise.all(["maker", "investor"].map(loadScreens)));
afterEach(() => {
  cleanup();
  open?.close();
});

interface Sat {
  seat: number;
  role: string;
  phase: string;
  season?: number;
  table?: object;
  legal?: object;
  hand?: object;
}

function sit({ seat, role, phase, season = 1, table = {}, legal = {}, hand = {} }: Sat): FakeWorld {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  const game = { scenario: "mix", seasons: 4, status: "running", season, phase, phase_number: 3, commitment: "" };
  const whole = { ...TABLE, game, module: {}, world: { tax: 10 }, ...table };
  const own = { legal: { ready: READY, ...legal }, ...hand };
  world.last.say(welcome(whole as unknown as Tree, own as unknown as Tree, { you: { kind: "seat", seat, role } }));
  return world;
}

/** Return all that a page says. */
function shown(page: VNode = <Now />): string {
  if (!open) throw new Error("nobody has sat down");
  return render(page, { wrapper: inRoom(open) }).container.textContent ?? "";
}

const ANSWER = {
  properties: { maker: { enum: [3] }, accept: { type: "boolean" }, shares: { type: "integer", maximum: 3000 } },
  required: ["maker", "accept"],
};
const ASKED = { id: 8, what: "join", sender: 3, receiver: 1, status: "open", terms: { venture: 5 }, number: 1 };

test("a request to join that has been answered says what counts, and may be changed", () => {
  const args = { maker: 3, accept: true, shares: 2000 };
  const choice = { a: { seat: 1, command: "answer_join", target: "3", args, by_default: false } };
  const hand = { proposal: { 8: ASKED }, choice };
  sit({ seat: 1, role: "maker", phase: "admission", legal: { answer_join: ANSWER }, hand });
  expect(shown()).toContain("You take Jun on for 20% of your shares.");
  const jun = screen.getByText(/wants to join|would like to join/i).closest(".card");
  expect(jun?.textContent).toContain("Technology"); // what a newcomer brings
  fireEvent.click(screen.getByRole("button", { name: "Change: Jun" }));
  expect(screen.getByRole("heading", { name: "Answer the request: Jun" })).toBeTruthy();
});

const PITCH = { properties: { space: { enum: [4, "garage"] } }, required: ["space"] };

test("the garage has no bar to pass", () => {
  const choice = { a: { seat: 1, command: "pitch", target: "", args: { space: "garage" }, by_default: false } };
  sit({ seat: 1, role: "maker", phase: "admission", legal: { pitch: PITCH }, hand: { choice } });
  expect(shown()).not.toMatch(/pass the bar|could work/);
  expect(document.querySelector(".button.main")?.textContent).toBe("Work in the garage");
});

test("a door says what a badge costs", () => {
  const legal = { apply: { properties: { spaces: { items: { enum: [4] }, maxItems: 2 } } } };
  const module = { admission: { phase: "admission", badge_price: 6 } };
  sit({ seat: 2, role: "investor", phase: "admission", legal, table: { module } });
  expect(shown()).toContain("a badge costs 6 a season");
});

test("a door says to an investor whether the credential is enough", () => {
  const legal = { apply: { properties: { spaces: { items: { enum: [4] }, maxItems: 2 } } } };
  const said = (score: number): string => {
    const hand = { credential: { 2: { seat: 2, score, bars: {} } } };
    sit({ seat: 2, role: "investor", phase: "admission", legal, hand });
    return shown();
  };
  expect(said(50)).toMatch(/45 ?enough/);
  cleanup();
  expect(said(44)).not.toContain("enough");
});

const FORECAST = { properties: { venture: { enum: [5, 6] } } };

test("whoever guesses the best seller reads no fate that this season cannot bring", async () => {
  const later = { kind: "venture", what: "sells", must: 71, by: 0 };
  const fates = { "venture:6": { ...later, id: 6 } };
  sit({ seat: 2, role: "investor", phase: "market", legal: { forecast: FORECAST } });
  vi.spyOn(open as Room, "preview").mockResolvedValue({ numbers: {}, fates } as never);
  shown();
  await waitFor(() => expect((open as Room).preview).toHaveBeenCalled());
  await act(async () => void (await Promise.resolve()));
  expect(document.querySelector(".cards")?.textContent).not.toContain("nothing closes it");
});

const SEND = {
  properties: { investor: { enum: [2] }, credits: { type: "integer", minimum: 0, maximum: 500 } },
  required: ["investor"],
};
const BOTH = { negotiation: { phase: "matching" }, clearinghouse: { phase: "matching" }, world: { package_hours: 4 } };

test("whom a maker asks for money is shown without a price of hours, which stands in the list for hours", () => {
  const rank = { properties: { investors: { items: { enum: [2] }, maxItems: 1 } }, required: ["investors"] };
  const legal = { send_terms: SEND, rank };
  sit({ seat: 1, role: "maker", phase: "matching", legal, table: { module: BOTH } });
  expect(shown()).not.toMatch(/0 credits|1%/);
  fireEvent.click(screen.getByRole("button", { name: "Hours" }));
  expect(screen.getByText(/asks 0 credits and 1% for 4 hours/)).toBeTruthy();
});

test("the floor says what it will sign, and closes by that button", () => {
  const bounds = { type: "integer", minimum: 20, maximum: 500 };
  const set_floor = { properties: { credits: bounds, shares: { ...bounds, maximum: 4000 } } };
  const hand = { default: { set_floor: { credits: 60, shares: 3500 } } };
  sit({ seat: 1, role: "maker", phase: "matching", legal: { set_floor }, table: { module: BOTH }, hand });
  shown();
  fireEvent.click(screen.getByRole("button", { name: "Change" }));
  fireEvent.click(screen.getByRole("button", { name: "Sign for me from 60 credits for at most 35%" }));
  expect(screen.queryByRole("spinbutton")).toBeNull();
});

test("a skill to learn stands with both levels; no name that ends in a number stands before one", () => {
  go("p/K7QF234/now", true);
  const skills = { enum: ["technology", "none"] };
  const legal = { propose_exchange: { properties: { maker: { enum: [3] }, teach: skills, learn: skills } } };
  sit({ seat: 1, role: "maker", phase: "exchange", legal });
  shown();
  fireEvent.click(screen.getByRole("button", { name: "Ask Jun" }));
  expect(screen.getAllByText("Technology: you 5, they 7")).toHaveLength(2);
});

const HOURS = { type: "integer", minimum: 0, maximum: 10 };
const FIELDS = { technology: HOURS, customers: HOURS, business: HOURS, day_job: HOURS };
const PLAN = { properties: FIELDS, "x-sum": [{ fields: Object.keys(FIELDS), min: 0, max: 10 }] };
const planned = { technology: 4, customers: 0, business: 0, day_job: 3 };
const PLANNED = { choice: { a: { seat: 1, command: "plan", target: "", args: planned, by_default: false } } };
const PAYS = { module: { incubation: { phase: "incubation", day_job_pay: 2 } } };

test("the day job says what it pays", () => {
  sit({ seat: 1, role: "maker", phase: "incubation", legal: { plan: PLAN }, table: PAYS, hand: PLANNED });
  expect(shown()).toContain("2 credits an hour: 6 in all.");
});

test("the hours above the question are those still to be planned, and gone once they have been worked", () => {
  sit({ seat: 1, role: "maker", phase: "incubation", legal: { plan: PLAN }, table: PAYS, hand: PLANNED });
  expect(shown(<Purse />)).toContain("3 hours");
  open?.close();
  sit({ seat: 1, role: "maker", phase: "market" });
  expect(shown(<Purse />)).not.toContain("hours");
});

test("what is new this season is said with what one does by it", () => {
  const deliver = { properties: { hours: HOURS } };
  const table = { introduced: { deliver: 2 } };
  sit({ seat: 2, role: "investor", phase: "incubation", season: 2, legal: { deliver }, table });
  expect(shown()).toMatch(/New this season: .+\. .{20,}/);
});

test("a list to be ranked stands right below one sentence, and the price of one’s own hours below it", () => {
  const rank = { properties: { ventures: { items: { enum: [5, 6] }, maxItems: 2 } }, required: ["ventures"] };
  const post = { properties: { fee: { type: "integer", minimum: 0, maximum: 20 } }, required: ["fee"] };
  const legal = { rank, post_package: post };
  sit({ seat: 2, role: "investor", phase: "matching", legal, table: { module: BOTH } });
  expect(shown()).toMatch(/Makers rank you too\..*Rice Robot.*Whoever is missing.*Your terms for 4 hours/);
});

test("what is put in of wages that the day job will bring is not said to leave less than nothing", () => {
  const put_in = { properties: { credits: { type: "integer", minimum: 0, maximum: 2 } } };
  const account = { "maker:1": { balance: 2 } };
  const said = (credits: number): string => {
    const hand = { default: { put_in: { credits } } };
    sit({ seat: 1, role: "maker", phase: "incubation", legal: { put_in }, hand, table: { account } });
    return shown();
  };
  expect(said(2)).toMatch(/2 → 0/);
  cleanup();
  expect(said(4)).not.toContain("−2");
});

test.each([
  [[], "You hold no badge"],
  [[4], "No one to teach here now"],
])("an investor who can teach nobody reads why: with the badges %j", (badges, told) => {
  sit({ seat: 2, role: "investor", phase: "exchange", table: { investor: { 2: { seat: 2, badges } } } });
  expect(shown()).toContain(told);
});
