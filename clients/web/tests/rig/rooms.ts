// Views and rooms of a table that a test makes up, without a server behind them.
import type { Tree, You } from "../../src/protocol/frames";
import { Room } from "../../src/store/room";
import { View } from "../../src/store/view";
import { FakeWorld } from "./fake_socket";

export function viewOf(table: object, hand: object = {}): View {
  const view = new View();
  view.replace(table as Tree, hand as Tree);
  return view;
}

/** Return a room that shows a table and a hand to somebody: to a watcher, unless told otherwise. */
export function roomOf(table: object, hand: object = {}, you: You = { kind: "watcher" }): Room {
  const room = new Room({ type: "watch", room: "K7QF234" }, "ws://test/ws", new FakeWorld());
  room.code.value = "K7QF234";
  room.you.value = you;
  room.view.replace(table as Tree, hand as Tree);
  return room;
}
