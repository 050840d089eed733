// When a clock is no longer believed: three seconds without the link, to the millisecond, on any machine.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Room } from "../../src/store/room";
import { remaining } from "../../src/store/time";
import { FakeWorld, welcome } from "../rig/fake_socket";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a clock is doubted three seconds after the link was lost, and no longer once it is back", () => {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  const greet = (): void => {
    world.last.open();
    world.last.say(welcome({ clock: { deadline: 1_060_000 } }));
  };
  greet();
  world.last.close(1006);
  vi.advanceTimersByTime(3000);
  expect(remaining(room).doubtful).toBe(false);
  vi.advanceTimersByTime(1);
  expect(remaining(room).doubtful).toBe(true);
  world.elapse();
  greet();
  expect(remaining(room).doubtful).toBe(false);
  room.close();
});

test("a date that is not near is told as a date, and its last hour as any clock", () => {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  const hour = 3_600_000;
  world.last.open();
  world.last.say(welcome({ clock: { deadline: 1_000_000 + hour + 1, dated: true } }));
  expect(remaining(room).date).toBe(Date.now() + hour + 1);
  vi.advanceTimersByTime(2);
  expect(remaining(room).date).toBeUndefined();
  expect(remaining(room).ms).toBe(hour - 1);
  room.close();
});
