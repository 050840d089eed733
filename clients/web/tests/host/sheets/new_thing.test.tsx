// A code for a thing of the room: what the console has chosen at first is what the server takes, and nothing else is
// offered.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { NewThing } from "../../../src/host/sheets/things";
import type { Json, Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const PAIR = {
  type: "object",
  properties: { thing: { enum: ["button", "bell", "lamp"] }, seat: { enum: [1, 2] } },
  required: ["thing"],
};

/** Tell the console that things have come or gone. */
function hear(world: FakeWorld, device: Json): void {
  void act(() => world.last.say({ type: "update", seq: 11, now: 1, hand: { device } }));
}

/** Draw the part of the console where the host already has a bell. */
function shown(): FakeWorld {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  const table = {
    game: { status: "lobby" },
    seat: { 1: { id: 1, role: "maker", name: "Mina" }, 2: { id: 2, role: "maker", name: "Bo" } },
  };
  const hand = { legal: { "host.pair": PAIR }, device: { desk: { thing: "bell", seat: 0 } } } as unknown as Tree;
  world.last.say(welcome(table, hand, { you: { kind: "host", seat: 0, role: "" } }));
  render(<RoomContext.Provider value={open}>{<NewThing />}</RoomContext.Provider>);
  return world;
}

const give = (): HTMLElement => screen.getByRole("button", { name: "Give a code" });
const waits = (): boolean => give().getAttribute("aria-disabled") === "true";
const whose = (): HTMLSelectElement => screen.getByRole("combobox");
const owners = (): string[] => [...whose().options].map((each) => each.textContent ?? "");
const choose = (kind: string): boolean => fireEvent.click(screen.getByRole("button", { name: kind }));

test("a bell of the host's is asked for unless something else is chosen", () => {
  const world = shown();
  fireEvent.click(give());
  expect(world.last.commands()).toMatchObject([{ name: "host.pair", args: { thing: "bell" } }]);
  expect(world.last.commands()[0]).not.toHaveProperty("args.seat");
});

test("a thing is offered to those alone whose it can be, and one of a seat's waits until the seat is chosen", () => {
  const world = shown();
  expect(owners()).toEqual(["yours"]);
  choose("phase lamp");
  expect([owners(), whose().value, waits()]).toEqual([["yours", "Mina", "Bo"], "0", false]);
  choose("ready button");
  expect([owners(), whose().value, waits()]).toEqual([["Choose", "Mina", "Bo"], "", true]);
  fireEvent.change(whose(), { target: { value: "2" } });
  expect([owners(), waits()]).toEqual([["Mina", "Bo"], false]);
  fireEvent.click(give());
  expect(world.last.commands()).toMatchObject([{ name: "host.pair", args: { thing: "button", seat: 2 } }]);
  choose("bell");
  expect([owners(), waits()]).toEqual([["yours"], false]);
});

test("a code goes when its thing has come, also under a name that was there, and not when another has", async () => {
  const world = shown();
  fireEvent.click(give());
  answered(world, { code: "K7QFWXY" });
  await screen.findByText("K7QFWXY");
  hear(world, { lamp: { thing: "lamp", seat: 1 } });
  expect(screen.queryByText("K7QFWXY")).not.toBeNull();
  hear(world, { desk: { times: 2 } });
  await waitFor(() => expect(screen.queryByText("K7QFWXY")).toBeNull());
});
