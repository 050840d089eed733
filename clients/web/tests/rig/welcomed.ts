// A phone that has come into a room, and the server that it hears.
import type { Tree } from "../../src/protocol/frames";
import { Room } from "../../src/store/room";
import { FakeWorld, welcome } from "./fake_socket";

/** The room of the first seat's phone, and the world that its server speaks in, once the phone is welcomed. */
export function welcomed(table: Tree, hand: Tree): { room: Room; world: FakeWorld } {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome(table, hand, { you: { kind: "seat", seat: 1, role: "player" } }));
  return { room, world };
}
