// What a scene has told by itself, and what another season had to tell, does not take the wall afterwards.
import { act, cleanup, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Tree } from "../../../src/protocol/frames";
import { WAIT_MS } from "../../../src/wall/takeovers/queue";
import { useTakeovers } from "../../../src/wall/takeovers/use_takeovers";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function Told() {
  return <p>{useTakeovers().shown?.kind ?? ""}</p>;
}

/** A wall that shows a scene while a venture closes in the first season. */
function wallOf() {
  const table = (season: number, scene: string): Tree => ({
    game: { status: "running", season, phase: "recap" },
    show: { scene, step: 0 },
    venture: { 3: { id: 3, lead: 1, stage: 0, closed: "funds", closed_season: 1 } },
  });
  const room = roomOf(table(1, "exits"));
  const hear = (season: number, text: string, values: object): void =>
    room.log.take([{ text, seq: room.log.told + 1, values: { season, ...values } }] as never, {
      now: { season, phase: "recap" },
      run: 1,
      firstSeason: 1,
      isSeat: false,
    });
  hear(1, "phase_opened", { phase: "recap" });
  const { container } = render(<Told />, { wrapper: inRoom(room) });
  return {
    close: () => act(() => hear(1, "venture_closed", { venture: 3, reason: "funds" })),
    open: (season: number) => act(() => hear(season, "phase_opened", { phase: "policy" })),
    show: (season: number, scene: string) => act(() => room.view.replace(table(season, scene), {})),
    told: () => {
      act(() => void vi.advanceTimersByTime(WAIT_MS));
      return container.textContent;
    },
  };
}

test("what closed takes the wall after a scene of something else", () => {
  const wall = wallOf();
  wall.show(1, "indices");
  wall.close();
  wall.show(1, "phase");
  expect(wall.told()).toBe("closed");
});

test("what closed does not take the wall once the exits were shown, before or after they were told of it", () => {
  const before = wallOf();
  before.close();
  before.show(1, "phase");
  expect(before.told()).toBe("");
  const after = wallOf();
  after.show(1, "indices");
  after.close();
  after.show(1, "exits");
  after.show(1, "phase");
  expect(after.told()).toBe("");
});

test("what closed in one season does not take the wall in the next", () => {
  const wall = wallOf();
  wall.show(1, "indices");
  wall.close();
  wall.open(2);
  wall.show(2, "phase");
  expect(wall.told()).toBe("");
});
