// What is said of a link that is down: a network is blamed only for sockets that failed while all else came through.
import { act, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import "../../../src/carried/slower"; // fetched beforehand, so that a room has it in the turn in which it asks for it
import { LinkBanner } from "../../../src/parts/page/link_banner";
import { Unreachable } from "../../../src/parts/page/unreachable";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";
import { roomOf } from "../../rig/rooms";

const NOT_UP = "The live link isn't up yet";
const BLOCKED = "This network blocks live connections";

let open: Room | undefined;
afterEach(() => {
  open?.close();
  vi.unstubAllGlobals();
});

/** Return a room that has been in play, and whose page is told now that the server answers. */
function played(): { world: FakeWorld; room: Room } {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("")));
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(welcome());
  return { world, room };
}

/** Let the sockets fail one by one, each while the server answers otherwise or does not, and begin another. */
async function fail(world: FakeWorld, ...answers: boolean[]): Promise<void> {
  for (const isThere of answers) {
    world.there = isThere;
    await act(() => world.last.close(1006));
    await allHeard();
    await act(() => void world.elapse());
  }
}

/** What the test's world answers is heard in the same turn of the loop: this is the next. */
const allHeard = (): Promise<void> => act(() => new Promise<void>((settle) => setTimeout(settle)));

async function show(room: Room): Promise<void> {
  render(<Unreachable room={room} />);
  await allHeard();
}

test("a server that was down is no network that blocks live connections", async () => {
  const { world, room } = played();
  await fail(world, false, false, false, false, false);
  await show(room); // it has come up, and the next socket is not tried yet
  expect(screen.queryByText(NOT_UP)).not.toBeNull();
  await fail(world, true, true);
  expect(screen.queryByText(NOT_UP)).not.toBeNull();
  await fail(world, true);
  expect(screen.queryByText(BLOCKED)).not.toBeNull();
});

test("one failure at which nothing answered sets the count of them back, and so does a return", async () => {
  const { world, room } = played();
  await fail(world, true);
  await show(room);
  await fail(world, true, false, true, true);
  expect(screen.queryByText(NOT_UP)).not.toBeNull();
  await fail(world, true);
  expect(screen.queryByText(BLOCKED)).not.toBeNull();
  world.last.open();
  world.last.say(welcome());
  expect(room.blocked.value).toBe(0);
});

test("an answer that comes after the return counts for no later failure", async () => {
  const { world, room } = played();
  world.last.close(1006);
  world.elapse();
  world.last.open();
  world.last.say(welcome());
  await allHeard();
  expect(room.blocked.value).toBe(0);
});

test("a refusal has come through a socket: no network blocks them", async () => {
  const { world, room } = played();
  await fail(world, true, true);
  expect(room.blocked.value).toBe(2);
  world.last.open();
  world.last.say({ type: "error", code: "unavailable", message: "Full house.", retry_after: 4 });
  await fail(world, true);
  expect(room.blocked.value).toBe(1);
});

test.each([
  ["a stand-in gives way to a tap", { ready: {} }, "Tap anything to take over again."],
  ["a bot of the host's does not", {}, "Ask the host to take it out."],
])("%s, and whoever sits there is told which it is", (_, legal, told) => {
  const table = { game: { status: "running" }, seat: { 1: { id: 1, role: "maker", by: "bot" } } };
  const room = roomOf(table, { legal }, { kind: "seat", seat: 1, role: "maker" });
  room.link.value = "open";
  room.lostSince.value = undefined;
  render(<RoomContext.Provider value={room}>{<LinkBanner />}</RoomContext.Provider>);
  expect(document.querySelector(".banner")?.textContent).toContain(told);
});

test.each([
  [{}, "Paused. The clock stands still."],
  [{ behind: true }, "The room stands still until the host decides."],
])("a room that stands still says whether its host has to decide: %j", (facts, text) => {
  const table = { game: { status: "running" }, clock: { paused: true }, room: facts };
  render(
    <RoomContext.Provider value={roomOf(table, {}, { kind: "seat", seat: 1, role: "maker" })}>
      <LinkBanner />
    </RoomContext.Provider>,
  );
  expect(document.querySelector(".banner")?.textContent).toContain(text);
});

test.each([
  [{}, "By the host's word a bot plays your seat. Ask the host to take it out."],
  [{ ready: {} }, "A stand-in is playing for you. Tap anything to take over again."],
])("whose seat a bot plays reads so, and what to do about it: %j", (legal, told) => {
  const table = {
    game: { status: "running", season: 1, phase: "market" },
    seat: { 1: { id: 1, role: "maker", by: "bot" } },
  };
  const room = roomOf(table, { legal }, { kind: "seat", seat: 1, role: "maker" });
  render(<RoomContext.Provider value={room}>{<LinkBanner />}</RoomContext.Provider>);
  expect(document.querySelector(".banner")?.textContent).toBe(told);
});

test("after the end nobody plays for anybody", () => {
  const table = { game: { status: "over" }, seat: { 1: { id: 1, role: "maker", by: "bot" } } };
  const room = roomOf(table, { legal: { ready: {} } }, { kind: "seat", seat: 1, role: "maker" });
  render(<RoomContext.Provider value={room}>{<LinkBanner />}</RoomContext.Provider>);
  expect(document.querySelector(".banner")).toBeNull();
});

test("a page that can't go along to another server says where it is, in play and before", async () => {
  const { world, room } = played();
  const text = "Another server has this room now: open https://two.example/ and come in by its code.";
  world.last.say({ type: "error", code: "moved", message: text, to: "wss://two.example/ws" });
  await act(() => world.last.close(4421));
  await show(room);
  expect(screen.queryByText(text)).not.toBeNull();
  room.lostSince.value = Number.NEGATIVE_INFINITY;
  render(<RoomContext.Provider value={room}>{<LinkBanner />}</RoomContext.Provider>);
  expect(document.querySelector(".banner")?.textContent).toBe(text);
});
