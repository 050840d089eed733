// Who needs the host: what is told of whom, the most urgent first, and one answer for each.
import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { needsOf } from "../../../src/host/needs/needs";
import { NeedsYou } from "../../../src/host/needs/needs_you";
import { Selection, SelectionContext } from "../../../src/host/selection";
import type { Json, Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";
import { roomOf } from "../../rig/rooms";

let open: Room | undefined;
beforeEach(() => {
  vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: false })); // a page of a high screen
});
afterEach(() => open?.close());

const NOW = 10_000_000;
const MINUTE = 60_000;

/** Return seven makers in the second season, of whom each has a need of another kind, or none. */
function table(status = "running"): Tree {
  const people: [number, { readonly [field: string]: Json }][] = [1, 2, 3, 4, 5, 6, 7].map((id) => [
    id,
    { id, role: "maker", by: "person", ready: false, name: `Maker ${id}` },
  ]);
  const seat: { [id: string]: { readonly [field: string]: Json } } = Object.fromEntries(people);
  seat["3"] = { id: 3, role: "maker", by: "away", ready: false, name: "Bo", seen: NOW - 5 * MINUTE };
  const venture = (id: number, misses = 0): Json => ({
    ...{ id, lead: id, founded: 1, misses, closed: "", card: "loan_a_lens" },
    ...{ space: 0, stage: 0, born: false },
  });
  const ids = [1, 2, 3, 4, 5, 6, 7];
  return {
    game: { status, season: 2, phase: "matching" },
    seat,
    venture: Object.fromEntries(ids.map((id) => [id, venture(id, id === 4 ? 2 : 0)])),
    maker: Object.fromEntries(ids.map((id) => [id, { seat: id, venture: id, ties: id === 5 ? [] : [1] }])),
    account: Object.fromEntries(
      ids.map((id) => [`maker:${id}`, { name: `maker:${id}`, seat: id, balance: id === 6 ? 4 : 50 }]),
    ),
  } as unknown as Tree;
}

const ASKS: Tree = { ask: { 1: { what: "time" }, 2: { what: "help" } } };

function kinds(room: Room): (string | number)[][] {
  room.clock.hear(NOW);
  return needsOf(room).map(({ kind, seat }) => [kind, seat.id]);
}

test("who does nothing is still named once a bot plays for them", () => {
  const seat = {
    1: { id: 1, role: "maker", by: "bot", here: true, name: "Ana" },
    2: { id: 2, role: "maker", by: "bot" },
  };
  const room = roomOf({ game: { status: "running" }, seat } as Tree, { trouble: { 1: { idle: 2 } } });
  expect(kinds(room)).toEqual([["idle", 1]]);
});

test("who asks comes first, then who is away, stuck, alone and poor; whoever needs nothing is not named", () => {
  expect(kinds(roomOf(table(), ASKS))).toEqual([
    ["help", 2],
    ["time", 1],
    ["away", 3],
    ["missed", 4],
    ["alone", 5],
    ["poor", 6],
  ]);
});

test("who chooses nothing and who is refused again and again is told by the hosts' own count, one thing each", () => {
  const counted: Tree = { trouble: { 5: { refused: 3 }, 7: { idle: 2, refused: 2 }, 3: { idle: 2 } } };
  expect(kinds(roomOf(table(), counted))).toEqual([
    ["away", 3],
    ["idle", 7],
    ["refused", 5],
    ["missed", 4],
    ["poor", 6],
  ]);
  const room = roomOf(table(), counted);
  open = room;
  render(
    <RoomContext.Provider value={room}>
      <SelectionContext.Provider value={new Selection()}>
        <NeedsYou />
      </SelectionContext.Provider>
    </RoomContext.Provider>,
  );
  const said = document.querySelector(".needs")?.textContent;
  expect(said).toContain("Maker 7 is idle" + "nothing for 2 phases");
  expect(said).toContain("Maker 5 keeps being refused" + "3 times this season");
  expect(screen.getByRole("button", { name: "See Maker 5" })).toBeTruthy();
});

test("a bot needs nothing, and before the start nobody but who asks", () => {
  const played = table() as unknown as { seat: { [id: string]: { by?: string } } };
  for (const id of ["4", "5", "6"]) played.seat[id] = { ...played.seat[id], by: "bot" };
  expect(kinds(roomOf(played))).toEqual([["away", 3]]);
  expect(kinds(roomOf(table("lobby"), ASKS))).toEqual([
    ["help", 2],
    ["time", 1],
  ]);
});

test("what a host is told of a seat's own hand is nothing: the table and who asks are enough", () => {
  const secrets = { ...ASKS, pitch: { 7: { maker: 7, score: 3 } }, entry: { 7: { seat: 7 } } };
  expect(kinds(roomOf(table(), secrets))).toEqual(kinds(roomOf(table(), ASKS)));
});

test("three lines stand there, each with one answer, and a press on how many more there are shows all", () => {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const legal = { legal: { "host.extend": { type: "object", properties: {} }, "host.seat": { type: "object" } } };
  world.last.say(
    welcome(table(), { ...ASKS, ...legal } as unknown as Tree, { you: { kind: "host", seat: 0, role: "" }, now: NOW }),
  );
  const selection = new Selection();
  render(
    <RoomContext.Provider value={room}>
      <SelectionContext.Provider value={selection}>
        <NeedsYou />
      </SelectionContext.Provider>
    </RoomContext.Provider>,
  );
  expect(document.querySelectorAll(".needs li")).toHaveLength(3);
  fireEvent.click(screen.getByRole("button", { name: "and 3 more" }));
  expect(document.querySelectorAll(".needs li")).toHaveLength(6);
  fireEvent.click(screen.getByRole("button", { name: "Show fewer" }));
  expect(document.querySelectorAll(".needs li")).toHaveLength(3);
  for (const name of ["I'm coming", "+ 60 s", "Let a bot play"]) fireEvent.click(screen.getByRole("button", { name }));
  expect(world.last.commands()).toMatchObject([
    { name: "host.message", args: { seat: 2 } },
    { name: "host.extend", args: { seat: 1, seconds: 60 } },
    { name: "host.seat", args: { seat: 3, bot: true } },
  ]);
});
