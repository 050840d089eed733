// Rooms in fake time, for tests of what is said when.
import { afterEach, beforeEach, vi } from "vitest";
import { Room } from "../../src/store/room";
import { FakeWorld, type welcome } from "./fake_socket";

/**
 * Let every test of the file have fake time, and return what opens a room in it; the room is closed when the test is
 * over.
 */
export function roomsInFakeTime(): (first: ReturnType<typeof welcome>) => { world: FakeWorld; room: Room } {
  let open: Room | undefined;
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    open?.close();
    vi.runAllTimers(); // nothing waits to be said when the next test begins
    vi.useRealTimers();
  });
  return (first) => {
    const world = new FakeWorld();
    const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
    open = room;
    world.last.open();
    world.last.say(first);
    return { world, room };
  };
}
