import { afterEach, expect, test, vi } from "vitest";
import { ServerClock } from "../../src/protocol/clock";
import type { Line } from "../../src/protocol/frames";
import { held, hold } from "../../src/store/kept/held_seats";
import { Room } from "../../src/store/room";
import { answered, FakeWorld, welcome } from "../rig/fake_socket";

const rooms: Room[] = [];

function enter(
  world: FakeWorld,
  entrance: ConstructorParameters<typeof Room>[0] = { type: "resume", room: "K7QF234", seat_token: "secret" },
): Room {
  const room = new Room(entrance, "ws://test/ws", world).open();
  rooms.push(room);
  world.last.open();
  return room;
}

afterEach(() => {
  for (const room of rooms.splice(0)) room.close();
});

test("the first frame resumes the seat, with nothing seen yet", () => {
  const world = new FakeWorld();
  enter(world);
  expect(world.last.sent).toEqual([{ type: "resume", room: "K7QF234", seat_token: "secret" }]);
});

test("a join is remembered as a seat and resumed from then on with what was seen last", () => {
  const world = new FakeWorld();
  enter(world, { type: "join", room: "K7QF234", name: "Mina", id: "a" });
  world.last.say(welcome({}, {}, { seat_token: "fresh" }));
  expect(held("seat", "K7QF234")).toMatchObject({ token: "fresh", name: "Mina" });
  world.last.say({ type: "update", seq: 12, now: 1_000_100 });
  world.last.close(1012);
  world.elapse();
  world.last.open();
  expect(world.last.sent).toEqual([{ type: "resume", room: "K7QF234", seat_token: "fresh", seq: 12, epoch: 1 }]);
});

test("it comes back after 0.3, 0.7, 1.5, 3 and 5 seconds", () => {
  const world = new FakeWorld();
  enter(world);
  world.last.say(welcome());
  const waits: number[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    world.last.close(1006);
    waits.push(world.elapse());
  }
  expect(waits).toEqual([300, 700, 1500, 3000, 5000, 5000]);
});

test("it does not come back before the server said", () => {
  const world = new FakeWorld();
  enter(world);
  world.last.say({ type: "error", code: "unavailable", message: "Full house.", retry_after: 4 });
  world.last.close(1013);
  expect(world.elapse()).toBe(4000);
});

test("a command that was not answered goes out again with the same id and is promised one answer", async () => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome({ game: { season: 1, phase: "policy", status: "running" } }));
  const answer = room.send("ready", { ready: true });
  const [first] = world.last.commands();
  world.last.close(1006);
  world.elapse();
  world.last.open();
  world.last.say(welcome());
  const [again] = world.last.commands();
  expect(again).toEqual(first);
  expect(first).toMatchObject({ name: "ready", args: { ready: true }, at: { season: 1, phase: "policy" } });
  answered(world);
  await expect(answer).resolves.toMatchObject({ ok: true });
});

test("an unanswered command survives a reload of the page", () => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome());
  void room.send("ready", { ready: true });
  const [first] = world.last.commands();
  const reloaded = new FakeWorld();
  enter(reloaded);
  reloaded.last.say(welcome());
  expect(reloaded.last.commands()).toEqual([first]);
});

test("ids begin with the time, so that they rise, and are never the same", () => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome());
  for (let count = 0; count < 20; count += 1) void room.send("ready", { ready: true });
  const ids = world.last.commands().map((frame) => (frame as { id: string }).id);
  expect(new Set(ids).size).toBe(20);
  expect(ids.every((id) => /^[0-9a-f]{44}$/.test(id))).toBe(true);
  const times = ids.map((id) => Number.parseInt(id.slice(0, 12), 16));
  expect(times).toEqual([...times].sort((one, other) => one - other));
  expect(times.every((time) => Math.abs(Date.now() - time) < 60_000)).toBe(true);
});

test.each([
  [4401, "unauthorised"],
  [4404, "no_such_room"],
  [4409, "replaced"],
  [4410, "removed"],
])("close code %i stops for good as %s", (code, name) => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome());
  world.last.close(code);
  expect(room.ending.value?.code).toBe(name);
  expect(room.link.value).toBe("stopped");
  expect(world.timers).toEqual([]);
});

test("a refusal before the welcome ends a join with the server's sentence", () => {
  const world = new FakeWorld();
  const room = enter(world, { type: "join", room: "K7QF234", name: "Mina", id: "a" });
  world.last.say({ type: "error", code: "name_taken", message: "Someone here is already Mina." });
  world.last.close(1000);
  expect(room.ending.value).toEqual({ code: "name_taken", message: "Someone here is already Mina." });
});

test("a resumed welcome keeps the table, and the tail is patched onto it", () => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome({ game: { phase: "policy" } }, { maker: { 1: { hours: 4 } } }));
  world.last.close(1006);
  world.elapse();
  world.last.open();
  const { table: _table, hand: _hand, ...tail } = welcome({}, {}, { resumed: true });
  world.last.say(tail);
  world.last.say({ type: "update", seq: 14, now: 1_000_200, hand: { maker: { 1: { hours: 2 } } } });
  expect(room.view.single("game").phase).toBe("policy");
  expect(room.view.find("maker", 1)?.hours).toBe(2);
});

test("lines that come twice after a reconnect are told once", () => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome());
  const line = { text: "game_started", seq: 11, values: {} };
  world.last.say({ type: "update", seq: 11, now: 1, log: [line] });
  world.last.say({ type: "update", seq: 12, now: 1, log: [line, { text: "phase_opened", seq: 12, values: {} }] });
  expect(room.log.lines.value.map((told) => told.text)).toEqual(["game_started", "phase_opened"]);
});

test("a command that stays unanswered while the server can't be reached brings a new socket", async () => {
  vi.useFakeTimers();
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome());
  void room.send("ready", { ready: true });
  await vi.advanceTimersByTimeAsync(3100);
  expect(room.link.value).toBe("open");
  world.there = false;
  void room.send("ready", { ready: false });
  await vi.advanceTimersByTimeAsync(3100);
  expect(room.link.value).toBe("lost");
  expect(world.elapse()).toBe(300);
  vi.useRealTimers();
});

test("a command that nobody answers for ten seconds brings a new socket, and is sent again there, once", async () => {
  vi.useFakeTimers();
  const world = new FakeWorld(); // somebody answers otherwise: another server beside the one that is frozen
  const room = enter(world);
  world.last.say(welcome());
  void room.send("ready", { ready: true });
  await vi.advanceTimersByTimeAsync(9900);
  expect(room.link.value).toBe("open");
  await vi.advanceTimersByTimeAsync(200);
  expect(room.link.value).toBe("lost");
  world.elapse();
  world.last.open();
  world.last.say(welcome());
  expect(world.last.commands()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(room.link.value).toBe("open"); // it would help nobody to go on so
  vi.useRealTimers();
});

test("the device's own clock does not matter", () => {
  vi.useFakeTimers({ now: 5_000_000_000 });
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome({ clock: { deadline: 1_060_000 } }, {}, { now: 1_000_000 }));
  expect(Math.round((room.clock.now() ?? 0) / 1000)).toBe(1000);
  vi.useRealTimers();
});

test("a server of another version ends the page, and the seat is kept", () => {
  const world = new FakeWorld();
  const room = enter(world, { type: "join", room: "K7QF234", name: "Mina", id: "a" });
  world.last.say(welcome({}, {}, { protocol: 2, seat_token: "fresh" }));
  expect(room.ending.value?.code).toBe("outdated");
  expect(room.you.value).toBeUndefined();
  expect(held("seat", "K7QF234")?.token).toBe("fresh");
});

test("what the host said when the seat was freed comes with the close", () => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome());
  world.last.close(4410, "left early");
  expect(room.ending.value).toEqual({ code: "removed", message: "left early" });
});

test("of several samples the clock takes the one that was least on the way", () => {
  let ms = 0;
  const clock = new ServerClock(() => ms);
  expect(clock.now()).toBeUndefined();
  clock.hear(1_000_000);
  ms = 100;
  clock.hear(1_000_050); // 50 ms late
  expect(clock.now()).toBe(1_000_100);
  clock.reset();
  expect(clock.now()).toBeUndefined();
});

test("what a wall reads of before it came is dated by the phases' openings", () => {
  const world = new FakeWorld();
  const room = enter(world, { type: "watch", room: "K7QF234" });
  world.last.say(
    welcome({ game: { season: 1, phase: "exchange", status: "running" } }, undefined, {
      you: { kind: "watcher", seat: 0, role: "" },
    }),
  );
  const opened = (seq: number, phase: string): Line => ({ text: "phase_opened", seq, values: { season: 1, phase } });
  const log: Line[] = [
    { text: "counted", seq: 3 },
    { text: "paid_out", seq: 4 },
    opened(4, "admission"),
    { text: "counted", seq: 5 },
    opened(6, "exchange"),
  ];
  world.last.say({ type: "update", seq: 6, now: 1_000_100, log });
  expect(room.log.lines.value.map((line) => [line.text, line.phase])).toEqual([
    ["paid_out", "admission"],
    ["phase_opened", "admission"],
    ["counted", "admission"],
    ["phase_opened", "exchange"],
  ]);
});

test("an absence ends with the last command before the return", () => {
  vi.useFakeTimers({ now: 0 });
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome());
  world.last.say({ type: "update", seq: 11, now: 1, log: [{ text: "game_started", seq: 11 }] });
  world.last.close(1006);
  vi.setSystemTime(11_000);
  world.elapse();
  world.last.open();
  const { table: _table, hand: _hand, ...tail } = welcome({}, {}, { resumed: true, seq: 13 });
  world.last.say(tail);
  expect(room.away.value).toEqual({ after: 1, until: 13 });
  vi.useRealTimers();
});

test("a resume quotes what table and hand show, with its mark; a tail that has not come yet is not seen", () => {
  const world = new FakeWorld();
  enter(world);
  const again = (): unknown => {
    world.last.close(1006);
    world.elapse();
    world.last.open();
    return world.last.sent[0];
  };
  world.last.say(welcome({}, {}, { seq: 10, mark: "aa" }));
  expect(again()).toMatchObject({ seq: 10, mark: "aa", epoch: 1 });
  const { table: _table, hand: _hand, ...tail } = welcome({}, {}, { resumed: true, seq: 13, mark: "cc" });
  world.last.say(tail);
  expect(again()).toMatchObject({ seq: 10, mark: "aa" });
  world.last.say(tail);
  world.last.say({ type: "update", seq: 12, now: 1, mark: "bb" });
  expect(again()).toMatchObject({ seq: 12, mark: "bb" });
  world.last.say({ type: "update", seq: 13, now: 1 }); // a record from before there were marks
  expect(again()).not.toHaveProperty("mark");
});

test("another history is told of once, and its lines are not held against the new ones", () => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome());
  world.last.say({ type: "update", seq: 11, now: 1, log: [{ text: "game_started", seq: 11 }] });
  expect(room.diverged.value).toBe(false);
  world.last.close(1006);
  world.elapse();
  world.last.open();
  world.last.say(welcome({}, {}, { seq: 7, epoch: 2, diverged: true }));
  expect(room.diverged.value).toBe(true);
  expect(room.log.lines.value).toEqual([]);
  world.last.say({ type: "update", seq: 11, now: 1, log: [{ text: "game_started", seq: 11 }] });
  expect(room.log.lines.value).toHaveLength(1);
});

test("a page that is loaded anew knows another history by its number", () => {
  const seat = { type: "resume", room: "K7QF234", seat_token: "secret" } as const;
  hold("seat", "K7QF234", "secret");
  for (const [epoch, isOther] of [
    [1, false],
    [1, false],
    [2, true],
    [2, false],
  ] as const) {
    const world = new FakeWorld();
    const room = enter(world, seat);
    world.last.say(welcome({}, {}, { epoch }));
    expect(room.diverged.value).toBe(isOther);
  }
});

test("a seat that has seen more than the server has knows why it is turned away, until it is let in", () => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say({ type: "error", code: "server_behind", message: "You have seen more.", retry_after: 1 });
  world.last.close(1013);
  expect(room.missed.value).toBe(true);
  world.elapse();
  world.last.open();
  world.last.say(welcome({}, {}, { epoch: 2, diverged: true }));
  expect(room.missed.value).toBe(false);
});

test("what one person has sent is sent by nobody else from the same phone", () => {
  const [mina, jun] = [1, 2].map((member) => ({ you: { kind: "seat", seat: 1, role: "maker", member } }) as const);
  const first = new FakeWorld();
  const lost = enter(first);
  first.last.say(welcome({}, {}, mina));
  void lost.send("count", { by: 3 });
  for (const [who, sent] of [
    [jun, 0],
    [mina, 1],
  ] as const) {
    const world = new FakeWorld();
    enter(world);
    world.last.say(welcome({}, {}, who));
    expect(world.last.commands()).toHaveLength(sent);
  }
});

test("a page goes where another server of its origin has the room, and asks its own again after that", () => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say(welcome());
  world.last.say({ type: "error", code: "moved", message: "Elsewhere.", to: "ws://test/two/ws" });
  world.last.close(4421);
  expect(room.elsewhere.value).toBe("");
  world.elapse();
  expect(world.last.url).toBe("ws://test/two/ws/K7QF234");
  world.last.close(1006);
  world.elapse();
  expect(world.last.url).toBe("ws://test/ws/K7QF234");
});

test("who is sent on before the welcome goes there too, as often as it is said", () => {
  const world = new FakeWorld();
  enter(world);
  for (const to of ["ws://test/two/ws", "ws://test/three/ws"]) {
    world.last.say({ type: "error", code: "moved", message: "Elsewhere.", to });
    world.last.close(4421);
    world.elapse();
    expect(world.last.url).toBe(`${to}/K7QF234`);
  }
});

test.each(["ws://other/ws", "wss://test/ws"])("a page tries its own where it may not go, and says so: %s", (to) => {
  const world = new FakeWorld();
  const room = enter(world);
  world.last.say({ type: "error", code: "moved", message: "Elsewhere.", to });
  world.last.close(4421);
  expect(room.elsewhere.value).toBe("Elsewhere.");
  world.elapse();
  expect(world.last.url).toBe("ws://test/ws/K7QF234");
  world.last.open();
  world.last.say(welcome());
  expect(room.elsewhere.value).toBe("");
});
