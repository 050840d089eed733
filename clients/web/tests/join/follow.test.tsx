// Led to the next room: once, by itself, under the same name; whoever comes back is not led away again.
import { act, cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { frameLike } from "../../src/host/again";
import { Follow, FollowOnWall } from "../../src/join/follow";
import { me } from "../../src/prefs";
import type { Tree } from "../../src/protocol/frames";
import { RoomContext } from "../../src/store/context";
import { type FakeSocket, recordSockets } from "../rig/fake_socket";
import { roomOf } from "../rig/rooms";

const sockets: FakeSocket[] = [];
beforeEach(() => {
  sockets.length = 0;
  sessionStorage.clear();
  me.value = { name: "Mina" };
  recordSockets(sockets);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("a phone goes to the next room by itself, under the same name, and once", () => {
  const room = roomOf({ game: { status: "over" }, room: {} });
  const page = (
    <RoomContext.Provider value={room}>
      <Follow />
    </RoomContext.Provider>
  );
  const { container } = render(page);
  expect([container.textContent, sockets.length]).toEqual(["", 0]);
  act(() => room.view.patch({ room: { next: "M3XW8TQ" } } as unknown as Tree, undefined));
  sockets.at(-1)?.open();
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ type: "join", room: "M3XW8TQ", name: "Mina" });
  cleanup();
  const count = sockets.length;
  render(page);
  expect(sockets).toHaveLength(count);
  expect(screen.getByRole("button", { name: "Come along" })).toBeTruthy();
});

test("the next room has the same scenario, language and seats by role, whatever people have made of them", () => {
  const seat = (id: number, role: string) => ({ id, role, name: "", by: "person" });
  const room = roomOf(
    {
      game: { scenario: "quickstart", status: "over" },
      room: { language: "zh", pace: "host" },
      seat: { 2: { ...seat(2, "investor"), name: "Bo" }, 1: { ...seat(1, "maker"), face: 9 }, 3: seat(3, "operator") },
    },
    { host: { scale: 150, lesson: 45 } },
  );
  expect(frameLike(room, "same")).toMatchObject({
    type: "create",
    scenario: "quickstart",
    options: {
      roles: ["maker", "investor", "operator"],
      language: "zh",
      pace: "host",
      bots: "normal",
      timers: { scale: 150 },
      lesson: 45,
      names: ["", "Bo", ""],
      faces: [9, 2, 3],
    },
  });
});

test("the next room asks no questions where a host has switched them off", () => {
  const next = (host: object) => frameLike(roomOf({ game: { scenario: "quickstart" } }, { host }), "same").options;
  expect(next({ questions_off: true })).toMatchObject({ questions: false });
  expect(next({})).not.toHaveProperty("questions");
});

test("in the next room bots stand in as they did in this one", () => {
  const next = (facts: object) => frameLike(roomOf({ game: {}, room: facts }), "same").options;
  expect(next({ stand_in: "never" })).toMatchObject({ stand_in: "never" });
  expect(next({})).not.toHaveProperty("stand_in");
});

test("the next room asks for no names where this one did not, and its phases end at the same dates", () => {
  const dates = { times: ["18:00"], days: [1], zone: "Europe/Berlin" };
  const next = (facts: object, host: object) => frameLike(roomOf({ game: {}, room: facts }, { host }), "same").options;
  expect(next({ pseudonyms: true }, { dates })).toMatchObject({ pseudonyms: true, dates });
  expect(next({}, {})).not.toHaveProperty("pseudonyms");
  expect(next({}, {})).not.toHaveProperty("dates");
});

test("into a what-if of its own room a phone goes in its own seat: it knocks under no name", () => {
  const facts = { next: "M3XW8TQ", next_fork: true };
  render(
    <RoomContext.Provider value={roomOf({ game: { status: "over" }, room: facts })}>
      <Follow />
    </RoomContext.Provider>,
  );
  expect(location.hash).toBe("#/p/M3XW8TQ/now");
  expect(sockets).toHaveLength(0);
});

test("a wall goes to the next room by itself, and once", () => {
  location.hash = "#/s/K7QF234";
  const room = roomOf({ game: { status: "over" }, room: {} });
  const page = (
    <RoomContext.Provider value={room}>
      <FollowOnWall />
    </RoomContext.Provider>
  );
  render(page);
  expect(location.hash).toBe("#/s/K7QF234");
  act(() => room.view.patch({ room: { next: "M3XW8TQ" } } as unknown as Tree, undefined));
  expect(location.hash).toBe("#/s/M3XW8TQ");
  cleanup();
  location.hash = "#/s/K7QF234";
  render(page);
  expect(location.hash).toBe("#/s/K7QF234");
});

test("who was given another name by the host keeps it in the next game", () => {
  const room = roomOf(
    { game: { status: "over" }, room: { next: "M3XW8TQ" }, seat: { 1: { id: 1, role: "maker", name: "Mina W." } } },
    {},
    { kind: "seat", seat: 1, role: "maker" },
  );
  render(
    <RoomContext.Provider value={room}>
      <Follow />
    </RoomContext.Provider>,
  );
  sockets.at(-1)?.open();
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ type: "join", name: "Mina W." });
});
