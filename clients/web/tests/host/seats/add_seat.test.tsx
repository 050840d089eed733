// A further seat: asked for once a press, in the role that most have; where none can be added the button says why.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { AddSeat } from "../../../src/host/seats/add_seat";
import type { Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const SEATS = { 1: { id: 1, role: "investor" }, 2: { id: 2, role: "maker" }, 3: { id: 3, role: "maker" } };
const HOST = { you: { kind: "host", seat: 0, role: "" } };

function hand(seats: readonly number[], fields: Tree = {}): Tree {
  return {
    legal: {
      "host.seat": { type: "object", properties: { seat: { enum: [...seats] }, ...fields }, required: ["seat"] },
    },
  } as unknown as Tree;
}

/** Draw the button in a room that stands so. */
function shown(status: string, own: Tree): FakeWorld {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome({ game: { status }, seat: SEATS } as unknown as Tree, own, HOST));
  render(<RoomContext.Provider value={open}>{<AddSeat />}</RoomContext.Provider>);
  return world;
}

const idOf = (world: FakeWorld, index: number): string => (world.last.commands()[index] as { id: string }).id;
const button = (): HTMLElement => screen.getByRole("button", { name: "Add a seat" });
const why = (): string => document.getElementById(button().getAttribute("aria-describedby") ?? "")?.textContent ?? "";

test("before the start a seat of the usual role is added, and a second press waits until it is there", async () => {
  const world = shown("lobby", hand([1, 2, 3, 4]));
  expect(why()).toBe("");
  fireEvent.click(button());
  expect(world.last.commands()).toMatchObject([{ name: "host.seat", args: { seat: 4, role: "maker" } }]);
  await act(async () => world.last.say({ type: "result", id: idOf(world, 0), ok: true, seq: 2, now: 2 }));
  fireEvent.click(button());
  expect(world.last.commands()).toHaveLength(1);
  await act(async () =>
    world.last.say({
      type: "update",
      seq: 2,
      now: 2,
      table: { seat: { 4: { id: 4, role: "maker" } } },
      hand: hand([1, 2, 3, 4, 5]),
    }),
  );
  expect(screen.getByRole("status").textContent).toContain("Seat 4 is there: Maker.");
  fireEvent.click(button());
  expect(world.last.commands()[1]).toMatchObject({ args: { seat: 5 } });
});

test("a room with all the seats that it can have says so", () => {
  const world = shown("lobby", hand([1, 2, 3]));
  expect(why()).toBe("This room has as many seats as it can have: 3.");
  fireEvent.click(button());
  expect(world.last.commands()).toEqual([]);
});

test("during play the button says what becomes of whoever joins", () => {
  const world = shown("running", hand([1, 2, 3]));
  expect(why()).toContain("Seats are added before the start.");
  fireEvent.click(button());
  expect(world.last.commands()).toEqual([]);
});
