// A name is taken off the wall with one tap, and the card says whose it is and puts it back.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { NamesOffWall } from "../../../src/host/seats/off_wall";
import type { Tree } from "../../../src/protocol/frames";
import { OwnNameOffWall } from "../../../src/seat/around/off_wall";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => {
  cleanup();
  open?.close();
});

const TABLE = { seat: { 3: { id: 3, role: "maker", name: "orange carrot", by: "person" } } } as unknown as Tree;
const MAY = { legal: { "host.off_wall": { type: "object" } } };

function draw(what: preact.JSX.Element, hand: object, you: object): FakeWorld {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(welcome(TABLE, hand as Tree, { you } as never));
  render(<RoomContext.Provider value={room}>{what}</RoomContext.Provider>);
  return world;
}

const HOST = { kind: "host", seat: 0, role: "" };

test("one tap takes the names of a seat off the wall", () => {
  const world = draw(<NamesOffWall seat={3} isNamed />, MAY, HOST);
  fireEvent.click(screen.getByText("Not on the wall"));
  expect(world.last.commands().at(-1)).toMatchObject({ name: "host.off_wall", args: { seat: 3, off: true } });
});

test("the host reads the name that nobody else does, and one tap puts it back", () => {
  const kept = { "3:1": { seat: 3, member: 1, name: "Mina", why: "host" } };
  const world = draw(<NamesOffWall seat={3} isNamed />, { ...MAY, off_wall: kept }, HOST);
  screen.getByText("Mina");
  expect(screen.queryByText("Not on the wall")).toBeNull();
  fireEvent.click(screen.getByLabelText("Show the name again: Mina"));
  expect(world.last.commands().at(-1)).toMatchObject({ args: { seat: 3, member: 1, off: false } });
});

test("the person reads what others read instead", async () => {
  draw(<OwnNameOffWall />, { off_wall: { 1: { member: 1, why: "host" } } }, { kind: "seat", seat: 3, role: "maker" });
  expect((await screen.findByRole("status")).textContent).toContain("orange carrot");
});
