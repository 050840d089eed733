// The console after the end may be mirrored: what the ecosystem's own result is waits there (`useToCome` of
// host/to_come.ts) until the wall has shown it.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { Over } from "../../src/host/console";
import { Selection, SelectionContext } from "../../src/host/selection";
import type { Tree, You } from "../../src/protocol/frames";
import { RoomContext } from "../../src/store/context";
import { welcome } from "../rig/fake_socket";
import { roomsInFakeTime } from "../rig/timed_room";

const enter = roomsInFakeTime();

afterEach(() => vi.unstubAllGlobals());

const OVER = {
  game: { status: "over", season: 2, seasons: 2, phase: "recap" },
  room: { pace: "host" },
  run: { number: 1, first_season: 1 },
  figures: { 1: { season: 1, values: { births: 1 } }, 2: { season: 2, values: { births: 2 } } },
  result: { 1: { run: 1, name: "base", totals: { births: 3 }, scores: {}, practice: false } },
};

/** Return how many seasons and runs the page has, and a way to put a scene on the wall. */
function shown(more: object = {}) {
  vi.stubGlobal("fetch", async () => ({ ok: false, status: 404, json: async () => ({}) }));
  const frame = welcome({ ...OVER, ...more } as unknown as Tree);
  const { world, room } = enter({ ...frame, you: { kind: "host", seat: 0, role: "" } as You });
  render(
    <RoomContext.Provider value={room}>
      <SelectionContext.Provider value={new Selection()}>{<Over />}</SelectionContext.Provider>
    </RoomContext.Provider>,
  );
  const columns = (): number[] =>
    ["table.figures:not(.runs)", "table.runs"].map((each) => document.querySelectorAll(`${each} thead th`).length);
  const show = (scene: string, opened: number): void =>
    void act(() => world.last.say({ type: "update", seq: 11, now: 1, table: { show: { scene, step: 0, opened } } }));
  return { columns, show };
}

const KEPT = /kept off this page/;

test("the last season's figures and the run come when the wall has shown them, and stay", () => {
  const { columns, show } = shown();
  expect(columns()).toEqual([1, 0]);
  show("ranking", 3);
  expect(columns()).toEqual([1, 0]);
  expect(screen.queryByText(KEPT)).toBeTruthy();
  show("together", 3);
  expect(columns()).toEqual([2, 1]);
  expect(screen.queryByText(KEPT)).toBeNull();
  show("ranking", 3);
  expect(columns()).toEqual([2, 1]);
});

test("they are one key away, and a press more hides them again", () => {
  const { columns } = shown();
  const press = (): boolean => fireEvent.click(screen.getByRole("button", { name: "Look ahead on this page" }));
  press();
  expect(columns()).toEqual([2, 1]);
  press();
  expect(columns()).toEqual([1, 0]);
});

test("of several runs the last one waits until they stand beside each other", () => {
  const { 1: first } = OVER.result;
  const { columns, show } = shown({ result: { 1: first, 2: { ...first, run: 2, name: "fees" } } });
  expect(columns()).toEqual([1, 1]);
  show("together", 3);
  expect(columns()).toEqual([2, 1]);
  show("runs", 3);
  expect(columns()).toEqual([2, 2]);
});

test("where nobody leads, nothing waits", () => {
  expect(shown({ room: {} }).columns()).toEqual([2, 1]);
  expect(screen.queryByText(KEPT)).toBeNull();
});
