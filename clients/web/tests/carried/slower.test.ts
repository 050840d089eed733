import { afterEach, expect, test, vi } from "vitest";
import { Room } from "../../src/store/room";
import { FakeWorld, welcome } from "../rig/fake_socket";

afterEach(() => vi.unstubAllGlobals());

function fail(world: FakeWorld, times: number): void {
  for (let time = 0; time < times; time += 1) {
    world.last.close(1006);
    if (time < times - 1) world.elapse();
  }
}

test("posts are tried after the third socket that fails while the server answers, and at once", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    throw new Error("blocked too");
  });
  const world = new FakeWorld();
  const room = new Room({ type: "watch", room: "K7QF234" }, "ws://test/ws", world).open();
  for (let failure = 1; failure <= 3; failure += 1) {
    world.last.close(1006);
    await vi.waitFor(() => expect(room.blocked.value).toBeGreaterThanOrEqual(failure));
    if (failure < 3) world.elapse();
  }
  await vi.waitFor(() => expect(asked).toEqual(["http://test/carrier/K7QF234"]));
  await vi.waitFor(() => expect(room.blocked.value).toBe(4));
  const sockets = world.sockets.length;
  world.elapse(); // the socket has its turn again
  expect(world.sockets.length).toBe(sockets + 1);
  expect(asked.length).toBe(1);
  room.close();
});

test("a server that is gone is not asked by posts", async () => {
  const world = new FakeWorld();
  world.there = false;
  const asked = vi.fn();
  vi.stubGlobal("fetch", asked);
  const room = new Room({ type: "watch", room: "K7QF234" }, "ws://test/ws", world).open();
  fail(world, 5);
  await vi.waitFor(() => expect(room.failures.value).toBe(5));
  expect(asked).not.toHaveBeenCalled();
  expect(room.blocked.value).toBe(0);
  world.elapse();
  world.last.open();
  world.last.say(welcome());
  room.close();
});
