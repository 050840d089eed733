// The operator plays: three ways to open, levels chosen and taken back, and the workshop's hours sent with one tap.
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { go } from "../../../src/route";
import { IncubationOperator } from "../../../src/seat/phases/operator/incubation";
import { MatchingOperator } from "../../../src/seat/phases/operator/matching";
import { PolicyOperator } from "../../../src/seat/phases/operator/policy";
import type { Room } from "../../../src/store/room";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const OLGA = 3;
const TERMS = { rent: 12, maker_bar: 36, investor_bar: 45, appraisal_bar: 34 };
const WHOLE = { type: "integer", minimum: 0, maximum: 30 };
const BAR = { type: "integer", minimum: 0, maximum: 80 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  act(() => void vi.advanceTimersByTime(30_000));
  cleanup();
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

async function shown(phase: string, hand: object, table: object, numbers: object, Page: () => preact.VNode) {
  const room = roomOf(
    {
      game: { status: "running", season: 1, phase },
      run: { first_season: 1 },
      seat: { 3: { id: OLGA, role: "operator" } },
      account: { "operator:3": { balance: 90 } },
      ...table,
    },
    hand,
    { kind: "seat", seat: OLGA, role: "operator" },
  );
  room.preview = (async () => ({ numbers })) as unknown as Room["preview"];
  const sent: [string, object][] = [];
  room.send = (async (command: string, args: object) => {
    sent.push([command, args]);
    return { ok: true };
  }) as unknown as Room["send"];
  render(<Page />, { wrapper: inRoom(room) });
  await pass(1000);
  return sent;
}

const FORECAST = { of: 7, pass: 5, come: 4, investors: 4, reach: 4, now: 90, treasury: 118, fewer_at: 40 };
const OPENING = {
  table: { space: { 3: { id: OLGA, ...TERMS, community: 0, resources: 0, integration: 0 } }, module: { world: TERMS } },
  hand: {
    legal: {
      ready: {},
      set_terms: {
        properties: { rent: WHOLE, maker_bar: BAR, investor_bar: BAR, appraisal_bar: BAR },
        required: ["rent", "maker_bar", "investor_bar", "appraisal_bar"],
      },
      buy_level: { properties: { path: { enum: ["community"] } } },
    },
    default: { set_terms: TERMS },
  },
  numbers: { ...FORECAST, community: 97, cost_community: 30, come_community: 5 },
};

test("an operator opens one of three ways, and reads what comes of it", async () => {
  const { hand, table, numbers } = OPENING;
  const sent = await shown("policy", hand, table, numbers, PolicyOperator);
  expect(screen.getByRole("button", { name: /Usual/ }).getAttribute("aria-pressed")).toBe("true");
  expect(document.querySelector(".opening-outcome")?.textContent).toContain("4 of 7 likely come in");
  expect(document.querySelector(".opening-outcome")?.textContent).toContain("118 treasury then");
  fireEvent.click(screen.getByRole("button", { name: /Cheap, open/ }));
  await pass(1000);
  expect(sent).toEqual([["set_terms", { rent: 6, maker_bar: 28, investor_bar: 37, appraisal_bar: 26 }]]);
});

test.each([
  [{ pass: 5, come: 4 }, {}, "5 pass your bar: your desks are the limit."],
  [{ pass: 4, come: 4 }, {}, ""],
  [{ pass: 8, come: 4 }, { 90: { id: 90 } }, ""],
])("an operator reads where desks are the limit: %j", async (some, space, told) => {
  const { hand, table, numbers } = OPENING;
  await shown(
    "policy",
    hand,
    { ...table, space: { ...table.space, ...space } },
    { ...numbers, ...some },
    PolicyOperator,
  );
  const said = document.querySelector(".opening-outcome")?.textContent ?? "";
  expect(said.includes("your desks are the limit")).toBe(told !== "");
  expect(said).toContain(told);
});

test("a way that was chosen stays chosen once it is sealed, and the others keep their numbers", async () => {
  const { hand, table, numbers } = OPENING;
  const sealed = { rent: 6, maker_bar: 28, investor_bar: 37, appraisal_bar: 26 };
  const choice = { a: { seat: OLGA, command: "set_terms", target: "", args: sealed, by_default: false } };
  await shown("policy", { ...hand, choice, default: { set_terms: sealed } }, table, numbers, PolicyOperator);
  expect(screen.getByRole("button", { name: /Cheap, open/ }).getAttribute("aria-pressed")).toBe("true");
  expect(screen.getByRole("button", { name: /Usual/ }).textContent).toContain("rent 12");
});

test("bars and weights are folded, each with a sentence that says what it does", async () => {
  const { hand, table, numbers } = OPENING;
  await shown("policy", hand, table, numbers, PolicyOperator);
  expect(screen.queryByRole("spinbutton", { name: "Maker bar" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /Fine-tune/ }));
  expect(screen.getByText("About 5 of 7 pass. From 40 on one fewer.")).not.toBeNull();
});

test("a level is looked at, taken back with another tap, and bought with the main button", async () => {
  const { hand, table, numbers } = OPENING;
  const sent = await shown("policy", hand, table, numbers, PolicyOperator);
  const level = screen.getByRole("button", { name: /Community, level 1/ });
  expect(level.textContent).toContain("Then about 97 in the treasury");
  fireEvent.click(level);
  expect(document.querySelector(".button.main")?.textContent).toBe("Open, and buy for 30");
  expect(document.querySelector(".opening-outcome")?.textContent).toContain("97 treasury then");
  expect(document.querySelector(".opening-outcome")?.textContent).toContain("5 of 7 likely come in"); // its desk counts
  fireEvent.click(level);
  expect(document.querySelector(".button.main")?.textContent).toBe("Open on these terms");
  fireEvent.click(level);
  expect(sent).toEqual([]);
  fireEvent.click(document.querySelector(".button.main") as Element);
  await pass(100);
  expect(sent[0]).toEqual(["buy_level", { path: "community" }]);
});

const VENTURE = { card: "", sector: "health", lead: 1, cofounders: [], stage: 0, tracks: [0, 0, 0], closed: "" };
const WORKSHOP = {
  table: {
    space: { 3: { id: OLGA, resources: 0 } },
    module: { incubation: { workshop_hours: 4, workshop_per_level: 4, workshop_venture: 3 } },
    venture: { 5: { ...VENTURE, id: 5 }, 6: { ...VENTURE, id: 6 } },
  },
  hand: {
    legal: {
      ready: {},
      workshop: { properties: { venture: { enum: [5, 6] }, track: { enum: ["technology"] }, hours: WHOLE } },
    },
  },
  numbers: {
    "5:short": 9,
    "6:short": 4,
    "6:rolls": 1,
    "6:technology": 2,
    "5:business": 3,
    "all:6:technology": 2,
    "all:5:business": 2,
  },
};

test("the main button sends the workshop's hours where they help most, and the seat is ready", async () => {
  const { hand, table, numbers } = WORKSHOP;
  const sent = await shown("incubation", hand, table, numbers, IncubationOperator);
  fireEvent.click(screen.getByRole("button", { name: "Send all where they help most" }));
  await pass(2000);
  expect(sent.map(([, args]) => args)).toEqual([
    { venture: 5, track: "business", hours: 2 },
    { venture: 6, track: "technology", hours: 2 },
    { ready: true },
  ]);
});

test("one point is no points", async () => {
  const { hand, table, numbers } = WORKSHOP;
  await shown("incubation", hand, table, { ...numbers, "6:short": 1 }, IncubationOperator);
  expect(document.querySelector(".card")?.textContent).toContain("It lacks 1 point: these hours let it roll.");
});

test("what lets a venture roll comes first, is given with one tap, and taken back with another", async () => {
  const { hand, table, numbers } = WORKSHOP;
  const sent = await shown("incubation", hand, table, numbers, IncubationOperator);
  expect(document.querySelector(".card")?.textContent).toContain("It lacks 4 points: these hours let it roll.");
  fireEvent.click(screen.getByRole("button", { name: /Give 2 hours/ }));
  await pass(1000);
  expect(document.querySelector(".of-pegs")?.textContent).toContain("2 of 4 workshop hours left");
  expect(document.body.textContent).not.toContain("It lacks 4 points"); // it has them now
  expect(document.querySelector(".card")?.textContent).toContain("If its makers give their hours, it can roll.");
  fireEvent.click(screen.getByRole("button", { name: /Take 2 hours back/ }));
  await pass(1000);
  expect(sent.at(-1)).toEqual(["workshop", { venture: 6, track: "technology", hours: 0 }]);
});

const pegsLeft = (): string | null | undefined => document.querySelector(".of-pegs")?.textContent;

function tracksOf(name: RegExp): HTMLElement {
  const card = [...document.querySelectorAll<HTMLElement>(".card")].find((each) => name.test(each.textContent ?? ""));
  if (!card) throw new Error(`no card of ${name}`);
  fireEvent.click(within(card).getByRole("button", { name: /^By track/ }));
  return card;
}

test("fast taps give no more hours than the workshop has, nor one venture more than it may get", async () => {
  const { hand, table, numbers } = WORKSHOP;
  const sent = await shown("incubation", hand, table, numbers, IncubationOperator);
  for (const card of [tracksOf(/lacks 4 points/), tracksOf(/lacks 9 points/)]) {
    const more = within(card).getAllByRole("button", { name: /^More/ })[0] as HTMLElement;
    for (let tap = 0; tap < 9; tap++) fireEvent.click(more); // faster than any answer
  }
  await pass(3000);
  const last = new Map(
    sent.map(([, args]) => [JSON.stringify({ ...args, hours: 0 }), (args as { hours: number }).hours]),
  );
  expect([...last.values()]).toEqual([3, 1]);
  expect(pegsLeft()).toContain("0 of 4 workshop hours left");
});

test("nothing is planned that the steps do not say, and one venture's hours move no other's bars", async () => {
  const { hand, table, numbers } = WORKSHOP;
  const sent = await shown("incubation", hand, table, numbers, IncubationOperator);
  const [first, second] = [tracksOf(/lacks 4 points/), tracksOf(/lacks 9 points/)];
  const values = (card: HTMLElement): (string | null)[] =>
    within(card)
      .getAllByRole("spinbutton")
      .map((each) => each.getAttribute("aria-valuenow") ?? (each as HTMLInputElement).value);
  const bars = second.textContent;
  expect([values(first), values(second)]).toEqual([
    ["0", "0", "0"],
    ["0", "0", "0"],
  ]);
  expect(pegsLeft()).toContain("4 of 4 workshop hours left");
  fireEvent.click(within(first).getAllByRole("button", { name: /^More/ })[0] as HTMLElement);
  await pass(2000);
  expect(values(first)).toEqual(["1", "0", "0"]);
  expect(second.textContent).toBe(bars);
  expect(sent).toHaveLength(1);
});

const GRANT = { properties: { venture: { enum: [5] }, credits: { type: "integer", minimum: 1, maximum: 20 } } };

test("a grant begins in the middle, says what may come back, and once given stands on the screen", async () => {
  HTMLDialogElement.prototype.showModal ??= vi.fn();
  go("p/K7QF234/now", true); // a sheet stands in the address
  const module = { incubation: { grant_times: 2 } };
  const grant = { 9: { id: 9, season: 1, venture: 6, space: OLGA, credits: 8 } };
  const table = { ...WORKSHOP.table, module, grant };
  await shown("matching", { legal: { ready: {}, grant: GRANT } }, table, {}, MatchingOperator);
  expect(screen.getByText(/^You gave .* 8\. The dice decide/)).not.toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /^Give a grant: / }));
  await pass(100);
  expect(screen.getByText(/the government gives you 22\./)).not.toBeNull();
  go("", true);
});
