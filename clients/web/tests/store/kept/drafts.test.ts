// Drafts: what is changed goes out by itself shortly after the last change, once, and a refusal keeps the entry.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let room: Room;
let world: FakeWorld;

beforeEach(() => {
  vi.useFakeTimers();
  world = new FakeWorld();
  room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome({ game: { season: 1, phase: "incubation", status: "running" } }));
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
});

function sent(): unknown[] {
  return world.last.commands().map((frame) => ("args" in frame ? frame.args : undefined));
}

test("only the last of several quick changes goes out", async () => {
  room.drafts.change("plan", "", { technology: 1 });
  await vi.advanceTimersByTimeAsync(300);
  room.drafts.change("plan", "", { technology: 2 });
  await vi.advanceTimersByTimeAsync(300);
  expect(sent()).toEqual([]);
  await vi.advanceTimersByTimeAsync(400);
  expect(sent()).toEqual([{ technology: 2 }]);
});

test("a refused draft keeps what was entered, with the sentence, and can be sent again", async () => {
  room.drafts.change("plan", "", { technology: 9 });
  const answer = room.drafts.send("plan", "");
  const id = (world.last.commands()[0] as { id: string }).id;
  world.last.say({
    type: "result",
    id,
    ok: false,
    now: 1,
    error: { code: "cannot_afford", message: "You have 8.", field: "technology" },
  });
  await expect(answer).resolves.toBe(false);
  expect(room.drafts.of("plan", "").value).toMatchObject({
    args: { technology: 9 },
    state: "refused",
    error: { message: "You have 8." },
  });
  void room.drafts.send("plan", "");
  expect(sent()).toHaveLength(2);
});

test("a draft of one phase is none of the next", () => {
  room.drafts.change("plan", "", { technology: 3 });
  world.last.say({ type: "update", seq: 11, now: 1_000_100, table: { game: { phase: "market" } } });
  expect(room.drafts.of("plan", "").value.args).toBeUndefined();
});

/** Answer the last command that it met a pause. */
function meetPause(): void {
  const { id } = world.last.commands().at(-1) as { id: string };
  const error = { code: "paused", message: "The room is paused." };
  world.last.say({ type: "result", id, ok: false, now: 1, error });
}

test("what meets a pause on its way goes out when the game goes on, unless the main button sends it", async () => {
  room.drafts.change("plan", "", { technology: 3 });
  await vi.advanceTimersByTimeAsync(600);
  meetPause();
  await vi.advanceTimersByTimeAsync(0);
  expect(room.drafts.of("plan", "").value).toMatchObject({ state: "changed", error: undefined });
  world.last.say({ type: "update", seq: 11, now: 1_000_100, table: { clock: { paused: true } } });
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent()).toHaveLength(1);
  world.last.say({ type: "update", seq: 12, now: 1_000_100, table: { clock: { paused: false } } });
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent()).toEqual([{ technology: 3 }, { technology: 3 }]);
  room.drafts.change("rank", "", { investors: [2] }, false);
  void room.drafts.send("rank", "");
  meetPause();
  await vi.advanceTimersByTimeAsync(5000);
  expect(room.drafts.of("rank", "").value).toMatchObject({ state: "refused", error: { code: "paused" } });
  expect(sent()).toHaveLength(3);
});

test("what is changed in a pause goes out when the game goes on, unless the main button sends it", async () => {
  const pause = (paused: boolean): void =>
    world.last.say({ type: "update", seq: 11, now: 1_000_100, table: { clock: { paused } } });
  pause(true);
  room.drafts.change("plan", "", { technology: 3 });
  room.drafts.change("rank", "", { investors: [2] }, false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent()).toEqual([]);
  expect(room.drafts.of("plan", "").value).toMatchObject({ args: { technology: 3 }, state: "changed" });
  pause(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent()).toEqual([{ technology: 3 }]);
});
