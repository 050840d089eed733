// A name that waits for a host stands under "Needs you", with a way to let it be seen and one to keep it off the wall.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { WaitingNames } from "../../../src/host/needs/kept_names";
import type { Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => {
  cleanup();
  open?.close();
});

const kept = (why: string) => ({ "3:1": { seat: 3, member: 1, name: "Mina", why } });

function draw(why: string): FakeWorld {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const table = { seat: { 3: { id: 3, role: "maker", name: "orange carrot", by: "person" } } } as unknown as Tree;
  const hand = { legal: { "host.off_wall": { type: "object" } }, off_wall: kept(why) } as unknown as Tree;
  world.last.say(welcome(table, hand, { you: { kind: "host", seat: 0, role: "" } }));
  render(
    <RoomContext.Provider value={room}>
      <WaitingNames />
    </RoomContext.Provider>,
  );
  return world;
}

test("one press lets the name be seen, another keeps it off the wall for good", () => {
  const world = draw("waits");
  fireEvent.click(screen.getByLabelText("Show the name Mina"));
  answered(world);
  fireEvent.click(screen.getByLabelText("Not on the wall: Mina"));
  const sent = world.last.commands().map((frame) => (frame as { args?: object }).args);
  expect(sent).toEqual([
    { seat: 3, member: 1, off: false },
    { seat: 3, member: 1, off: true },
  ]);
});

test("it says that a word in the name may be rude", () => {
  draw("rude");
  screen.getByText("There is a rude word in this name. Only hosts see it.");
});

test("what a host has decided waits for nobody", () => {
  draw("host");
  expect(screen.queryByText("Mina")).toBeNull();
});
