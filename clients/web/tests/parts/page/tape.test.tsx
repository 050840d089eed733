// The tape of the clock: one animation for a deadline, and nothing for each second of it.
import { act, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Tape } from "../../../src/parts/page/tape";
import type { Tree } from "../../../src/protocol/frames";
import { session } from "../../../src/storage";
import { tick } from "../../../src/store/time";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const cancel = vi.fn();
const animate = vi.fn(() => ({ cancel }));
const before = HTMLElement.prototype.animate;

beforeEach(() => {
  vi.clearAllMocks();
  HTMLElement.prototype.animate = animate as unknown as typeof before;
});
afterEach(() => {
  HTMLElement.prototype.animate = before;
  vi.restoreAllMocks();
});

const table = (deadline: number | null, paused = false): Tree => ({
  game: { status: "running", season: 1, phase: "policy" },
  clock: { deadline, paused, ...(paused ? { remaining_ms: 30_000 } : {}) },
});

function shown(deadline: number) {
  const room = roomOf(table(deadline));
  room.clock.hear(0);
  const { container } = render(<Tape />, { wrapper: inRoom(room) });
  return { room, tape: () => container.querySelector(".tape") as HTMLElement };
}

test("it runs back in one animation for a deadline, and a second that passes asks nothing", () => {
  const { room } = shown(60_000);
  expect(animate).toHaveBeenCalledTimes(1);
  const read = vi.spyOn(session, "read");
  for (let second = 1; second <= 3; second += 1)
    void act(() => {
      tick.value += 1;
    });
  expect(read).not.toHaveBeenCalled();
  expect(animate).toHaveBeenCalledTimes(1);
  void act(() => room.view.replace(table(90_000), {}));
  expect(cancel).toHaveBeenCalledTimes(1);
  expect(animate).toHaveBeenCalledTimes(2);
});

test("it stands still while the game is paused, and there is none without a clock", () => {
  const { room, tape } = shown(60_000);
  void act(() => room.view.replace(table(60_000, true), {}));
  expect(tape().className).toBe("tape paused");
  expect(cancel).toHaveBeenCalledTimes(1);
  expect(animate).toHaveBeenCalledTimes(1);
  void act(() => room.view.replace(table(null), {}));
  expect(tape().className).toBe("tape none");
  expect(tape().children).toHaveLength(0);
});
