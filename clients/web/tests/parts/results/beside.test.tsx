// A fork beside its origin: what differed, in the room's own names, and the same figures of both on one scale.
import { act, cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { pairsOf } from "../../../src/parts/charts/beside";
import { BesidePart } from "../../../src/parts/results/beside/beside";
import type { Beside } from "../../../src/parts/results/beside/beside_data";
import { scenesOf, stepsOf } from "../../../src/parts/results/scenes";
import { RoomContext } from "../../../src/store/context";
import { roomOf, viewOf } from "../../rig/rooms";

afterEach(() => void vi.unstubAllGlobals());

const table = (points: number, ties: object) => ({
  game: { status: "over" },
  seat: { 1: { id: 1, role: "maker" }, 2: { id: 2, role: "maker" } },
  score: { 1: { seat: 1, final: points, standings: [] }, 2: { seat: 2, final: points + 10, standings: [] } },
  figures: ties,
});
const TOLD = {
  start: { season: 1, phase: "exchange" },
  rules: [{ path: "waterfall.wage", is: 6, was: 5 }],
  origin: { room: "ORIGIN2", table: table(50, { 1: { season: 1, values: { ties: 2 } } }) },
  fork: {
    room: "FORK234",
    table: table(70, { 1: { season: 1, values: { ties: 4 } }, 2: { season: 2, values: { ties: 6 } } }),
  },
  decisions: { 1: { maker: { origin: 5, fork: 6, alike: 3 } } },
  first: [{ phase: "market", seat: 1, command: "pitch", origin: { space: 0 } }],
};
const FORK = {
  game: { status: "over" },
  room: { origin: "ORIGIN2" },
  seat: { 1: { id: 1, role: "maker", name: "Mina" } },
};

test("rules, scores by role, and decisions by season stand there, with the names of the room", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, json: () => Promise.resolve(TOLD) }));
  render(
    <RoomContext.Provider value={roomOf(FORK)}>
      <BesidePart code="FORK234" part={0} />
    </RoomContext.Provider>,
  );
  for (let turn = 0; turn < 20; turn += 1) await act(() => Promise.resolve());
  screen.getByRole("heading", { name: "Room FORK234 beside room ORIGIN2: one start, two endings" });
  screen.getByText("They are one game up to season 1, exchange.");
  expect(screen.getByRole("listitem").textContent).toBe("waterfall.wage is 6, and was 5");
  const rows = screen.getAllByRole("row").map((row) => row.textContent);
  expect(rows).toContain("Maker5575+20");
  expect(rows).toContain("Season 1 · Maker563");
  expect(rows.some((row) => row?.includes("Mina") && row.includes("Not done"))).toBe(true);
});

/** Show what differed, as a server tells it; return what the page says in all. */
async function said(room: ReturnType<typeof roomOf>, told: object, code: string): Promise<string> {
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, json: () => Promise.resolve(told) }));
  const { container } = render(
    <RoomContext.Provider value={room}>
      <BesidePart code={code} part={0} />
    </RoomContext.Provider>,
  );
  for (let turn = 0; turn < 20; turn += 1) await act(() => Promise.resolve());
  return container.textContent ?? "";
}

test("no mean of points stands there while one of the rooms has not revealed who stands where", async () => {
  const { score: _, ...sealed } = TOLD.fork.table;
  const waiting = { ...TOLD, fork: { ...TOLD.fork, table: sealed, waits: true } };
  const room = roomOf({ ...FORK, show: { scene: "aims", step: 0 } });
  const before = await said(room, waiting, "FORK567A");
  expect(before).toContain("Mean points stand here once who stands where has been revealed in FORK234.");
  expect(before).not.toContain("Maker55");
  cleanup();
  const after = await said(roomOf({ ...FORK, show: { scene: "ranking", step: 2, opened: 3 } }), TOLD, "FORK567A");
  expect(after).toContain("Maker5575+20");
});

test("where one game ended earlier than the other, a line says so", async () => {
  const origin = { ...TOLD.origin, ended: { season: 4, phase: "recap" } };
  const cut = { ...TOLD, origin, fork: { ...TOLD.fork, ended: { season: 2, phase: "market" } } };
  expect(await said(roomOf(FORK), cut, "FORK567B")).toContain(
    "They ended at different points (ORIGIN2: Season 4, Recap; FORK234: Season 2, Market)",
  );
  cleanup();
  const whole = { ...TOLD, origin, fork: { ...TOLD.fork, ended: origin.ended } };
  expect(await said(roomOf(FORK), whole, "FORK567C")).not.toContain("different points");
});

test("a rule that begins with a later season says so", async () => {
  const rules = [{ path: "incubation.garage_work", is: 100, was: 250, from: 2 }];
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, json: () => Promise.resolve({ ...TOLD, rules }) }));
  render(
    <RoomContext.Provider value={roomOf(FORK)}>
      <BesidePart code="FORK567" part={0} />
    </RoomContext.Provider>,
  );
  for (let turn = 0; turn < 20; turn += 1) await act(() => Promise.resolve());
  expect(screen.getByRole("listitem").textContent).toBe(
    "incubation.garage_work is 100, and was 250 (from season 2 on)",
  );
});

test.each([true, false])("a choice that begins with a later season says so at once, on the wall too", async (wall) => {
  const chosen = [{ name: "mine", title: { en: "Half the wage" }, from: 2 }];
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, json: () => Promise.resolve({ ...TOLD, chosen }) }));
  const { container } = render(
    <RoomContext.Provider value={roomOf(FORK)}>
      <BesidePart code={wall ? "FORK678" : "FORK789"} part={0} wall={wall} />
    </RoomContext.Provider>,
  );
  for (let turn = 0; turn < 20; turn += 1) await act(() => Promise.resolve());
  expect(container.querySelector("dt")?.textContent).toBe("Half the wage (from season 2 on)");
});

test("a rule that was chosen by name stands there in words, its parameters folded away", async () => {
  const chosen = [{ name: "mine", title: { en: "Half the wage" }, text: { en: "Work earns half." } }];
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, json: () => Promise.resolve({ ...TOLD, chosen }) }));
  const { container } = render(
    <RoomContext.Provider value={roomOf(FORK)}>
      <BesidePart code="FORK456" part={0} />
    </RoomContext.Provider>,
  );
  for (let turn = 0; turn < 20; turn += 1) await act(() => Promise.resolve());
  expect(container.querySelector("dt")?.textContent?.trim()).toBe("Half the wage");
  screen.getByText("Work earns half.");
  expect(container.querySelector("details:not([open])")?.textContent).toContain("waterfall.wage is 6, and was 5");
});

test("without a host's token no single decision is told, and no table of them stands there", async () => {
  const { first: _, ...told } = TOLD;
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, json: () => Promise.resolve(told) }));
  render(
    <RoomContext.Provider value={roomOf(FORK)}>
      <BesidePart code="FORK345" part={0} />
    </RoomContext.Provider>,
  );
  for (let turn = 0; turn < 20; turn += 1) await act(() => Promise.resolve());
  screen.getByText("Season 1 · Maker");
  expect(screen.queryByText("Mina", { exact: false })).toBeNull();
  expect(screen.getAllByRole("table")).toHaveLength(2);
});

test("each curve of the fork lies before the origin's of the same name, over the seasons of both", () => {
  const side = ({ room, table: tree }: { room: string; table: object }) => ({ room, view: viewOf(tree) });
  const beside = { ...TOLD, origin: side(TOLD.origin), fork: side(TOLD.fork) } as unknown as Beside;
  const { seasons, curves } = pairsOf(beside, "deals", viewOf(FORK));
  expect(seasons).toEqual([1, 2]);
  expect(curves.map(({ name, isGhost, values }) => [name, isGhost, values])).toEqual([
    ["Ties", false, [4, 6]],
    ["Ties", true, [2, undefined]],
  ]);
});

test("only a room that was forked from another one has the scene", () => {
  expect(scenesOf(roomOf(FORK))).toContain("beside");
  expect(scenesOf(roomOf({ game: { status: "over" } }))).not.toContain("beside");
  expect(stepsOf(roomOf({ ...FORK, figures: TOLD.fork.table.figures }), "beside")).toBe(2);
});
