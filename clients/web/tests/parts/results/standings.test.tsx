// The end on a phone: who stands where comes with the wall where a host leads, and at once where nobody does.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { LiveRegions } from "../../../src/parts/page/live_regions";
import { DebriefView } from "../../../src/parts/results/debrief_view";
import { Final } from "../../../src/parts/results/standings";
import type { Json, Line, Tree } from "../../../src/protocol/frames";
import { useReadAloud } from "../../../src/seat/around/read_aloud";
import { RoomContext } from "../../../src/store/context";
import { welcome } from "../../rig/fake_socket";
import { roomsInFakeTime } from "../../rig/timed_room";

const enter = roomsInFakeTime();

const WAITS = "The host reveals who stands where.";
const scoreOf = (seat: number, place: number): Json => ({ seat, final: 100 - place, place });
const OVER = {
  game: { status: "over", season: 2, phase: "recap" },
  run: { number: 1, first_season: 1 },
  module: { recap: {} },
  figures: { 2: { season: 2, values: {} } },
  seat: {
    1: { id: 1, role: "maker", name: "Mina" },
    2: { id: 2, role: "investor", name: "Bo" },
    3: { id: 3, role: "operator", name: "Kai" },
    4: { id: 4, role: "maker", name: "Ada" },
  },
  score: { 1: scoreOf(1, 2), 2: scoreOf(2, 1), 3: scoreOf(3, 1), 4: scoreOf(4, 1) },
  debrief: {
    1: {
      run: 1,
      moments: {
        1: { season: 2, phase: "recap", text: "lead_taken", values: { seat: 4, role: "maker" } },
        2: { season: 2, phase: "recap", text: "receivership", values: { space: 9 } },
      },
    },
  },
} as unknown as Tree;
const LED: Tree = { ...OVER, room: { pace: "host" } };

function Ended() {
  useReadAloud();
  return (
    <>
      <Final />
      <LiveRegions />
    </>
  );
}

function shown(table: Tree, page = <Ended />): (more: { table?: Tree; log?: Line[] }) => void {
  const { world, room } = enter(welcome(table));
  render(<RoomContext.Provider value={room}>{page}</RoomContext.Provider>);
  return (more) => void act(() => world.last.say({ type: "update", seq: 11, now: 1, ...more }));
}

const roles = (): (string | null)[] => [...document.querySelectorAll("h2")].map((each) => each.textContent);

test("phones show of the ranking what the host has revealed on the wall, and all of it from then on", () => {
  const hear = shown(LED);
  const seen = (): unknown[] => [
    roles(),
    screen.queryByText("Place 2 of 2", { exact: false }) !== null,
    screen.queryByText(WAITS) !== null,
  ];
  expect(seen()).toEqual([[], false, true]);
  hear({ table: { show: { scene: "ranking", step: 0, opened: 1 } } });
  expect(seen()).toEqual([["Makers"], true, true]);
  hear({ table: { show: { scene: "ranking", step: 2, opened: 3 } } });
  expect(seen()).toEqual([["Makers", "Investors", "Operators"], true, false]);
  hear({ table: { show: { scene: "money", step: 0, opened: 3 } } });
  expect(seen()).toEqual([["Makers", "Investors", "Operators"], true, false]);
});

test("where no host is known to lead, the ranking is there at once", () => {
  shown(OVER);
  expect(roles()).toEqual(["Makers", "Investors", "Operators"]);
  expect(screen.queryByText(WAITS)).toBeNull();
});

const spoken = (): string | null | undefined => {
  void act(() => void vi.advanceTimersByTime(9000));
  return document.querySelector("[aria-live=polite]")?.textContent;
};

test("one's own score is neither listed nor read aloud before it is revealed, and then it is", () => {
  const hear = shown(LED);
  const score = { text: "score", seq: 11, values: { seat: 1, score: 98, place: 2 } };
  hear({ log: [{ text: "announced", seq: 11, values: { text: "Well played" } }, score] });
  const listed = (): string | null | undefined => document.querySelector("dialog")?.textContent;
  expect(spoken()).toBe("From the host: Well played");
  fireEvent.click(screen.getByRole("button", { name: /Well played/ }));
  expect(listed()).toContain("Well played");
  expect(listed()).not.toContain("98");
  hear({ table: { show: { scene: "ranking", step: 2, opened: 3 } } });
  expect(listed()).toContain("You: 98 points, place 2.");
  expect(spoken()).toBe("You: 98 points, place 2.");
});

test("the debrief of a phone keeps back who took the lead until the ranking is open", () => {
  const hear = shown(LED, <DebriefView />);
  const told = (): number => document.querySelectorAll(".turning li").length;
  expect(told()).toBe(1);
  hear({ table: { show: { scene: "money", step: 0, opened: 3 } } });
  expect(told()).toBe(2);
});

const COMPARED = { 1: [35], 4: [83, 83], 2: [90, 41], 3: [83, 83] };
const comparison = Object.fromEntries(
  Object.entries(COMPARED).map(([seat, [better_than, among_best]]) => [
    seat,
    { seat: Number(seat), better_than, ...(among_best === undefined ? {} : { among_best }) },
  ]),
);

test("once all is open, the best of all roles is who is ahead of most of the best of the same role", () => {
  const hear = shown({ ...LED, comparison } as unknown as Tree);
  expect(screen.queryByText(/Best of all roles/)).toBeNull();
  hear({ table: { show: { scene: "ranking", step: 2, opened: 3 } } });
  expect(screen.getByText(/Best of all roles/).textContent).toMatch(/: Ada(,| and) Kai$/);
  expect(screen.getAllByText(/^above/).map((each) => each.textContent)).toEqual([
    "above 83%",
    "above 35%",
    "above 90%",
    "above 83%",
  ]);
});

test.each([
  ["two lie above all winners", { 2: 100, 3: 100, 4: 83 }, false],
  ["all lie below all winners", { 2: 0, 3: 0, 4: 0 }, false],
  ["one lies above them, and two of one role do", { 1: 100, 4: 100, 2: 41 }, true],
])("the best of all roles is named where roles can be compared: %s", (_, among, isNamed) => {
  const held = Object.entries(among).map(([seat, n]) => [seat, { seat: Number(seat), better_than: n, among_best: n }]);
  const table = { ...LED, comparison: Object.fromEntries(held), show: { scene: "ranking", step: 2, opened: 3 } };
  shown(table as unknown as Tree);
  expect(screen.queryByText(/Best of all roles/) !== null).toBe(isNamed);
});

test("a game that was ended within its last season is not held against whole ones", () => {
  const cut = { ...LED, comparison, figures: {}, show: { scene: "ranking", step: 2, opened: 3 } };
  shown(cut as unknown as Tree);
  expect(document.body.textContent).toContain("Mina");
  expect(document.body.textContent).not.toMatch(/Best of all|above|Better than/);
});

test("one's own score is better than so many standard players of the role, and says who they are", () => {
  shown({ ...OVER, module: {}, comparison } as unknown as Tree);
  expect(screen.getByText("Better than 35 of 100 standard makers")).toBeTruthy();
  expect(screen.getByText(/^Standard: bots/)).toBeTruthy();
});

test("a game from before, which was held against par alone, is not compared", () => {
  const score = { ...(OVER["score"] as object), 1: { seat: 1, final: 98, place: 2, par: 80, of_par: 122 } };
  shown({ ...OVER, module: {}, score } as unknown as Tree);
  expect(screen.getAllByText("98").length).toBeGreaterThan(0);
  expect(document.body.textContent).not.toMatch(/122|above|standard|Best of all/);
});

test("the end says what turned it for me, what the ambition brought, and why shares count nothing", async () => {
  const born = {
    season: 1,
    phase: "matching",
    text: "own_birth",
    values: { investor: 2, venture: 5, credits: 60, shares: 3000 },
  };
  const story = { run: 1, seat: 1, role: "maker", seasons: {}, money: {}, turning: { 1: born }, given: {} };
  const venture = { 5: { id: 5, card: "rice-robot", lead: 1, born: true, closed: "", cofounders: [] } };
  const score = { 1: { seat: 1, final: 74, place: 1, parts: { credits: 46, spirit: 28, ambition: 0 } } };
  const hand = { story: { 1: { ...story, aim: { name: "control", points: 0 } } } };
  const { room } = enter(welcome({ ...OVER, venture, score } as unknown as Tree, hand as unknown as Tree));
  render(<RoomContext.Provider value={room}>{<Final />}</RoomContext.Provider>);
  await act(async () => void (await vi.dynamicImportSettled()));
  expect(document.body.textContent).toContain("Your secret ambition, Control: 0");
  expect(document.body.textContent).toContain("What investors paid in comes back to them first");
  expect(document.body.textContent).toContain("What turned it for you");
});
