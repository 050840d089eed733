// A code for a thing of the room: what the console has chosen at first is what the server takes.
import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { NewThing } from "../src/host/things";
import type { Tree } from "../src/protocol/frames";
import { RoomContext } from "../src/store/context";
import { Room } from "../src/store/room";
import { FakeWorld, welcome } from "./fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const PAIR = { type: "object", properties: { thing: { enum: ["button", "bell", "lamp"] }, seat: { enum: [1] } }, required: ["thing"] };

test("a bell of the facilitator's is asked for unless something else is chosen", () => {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  const table = { game: { status: "lobby" }, seat: { 1: { id: 1, role: "maker", name: "Mina" } } };
  world.last.say(welcome(table, { legal: { "host.pair": PAIR } } as unknown as Tree, { you: { kind: "host", seat: 0, role: "" } }));
  render(<RoomContext.Provider value={open}>{<NewThing />}</RoomContext.Provider>);
  fireEvent.click(screen.getByRole("button", { name: "Give a code" }));
  expect(world.last.commands()).toMatchObject([{ name: "host.pair", args: { thing: "bell" } }]);
  expect(world.last.commands()[0]).not.toHaveProperty("args.seat");
});
