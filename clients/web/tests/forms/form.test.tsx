import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { CommandForm } from "../../src/forms/form";
import type { Tree } from "../../src/protocol/frames";
import { RoomContext } from "../../src/store/context";
import type { Schema } from "../../src/store/legal";
import { Room } from "../../src/store/room";
import { FakeWorld, welcome } from "../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

function show(command: string, schema: Schema, hand: Tree = {}): FakeWorld {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(
    welcome({ seat: { 1: { id: 1, role: "maker", name: "Mina" }, 2: { id: 2, role: "maker", name: "Bo" } } }, hand),
  );
  render(
    <RoomContext.Provider value={open}>
      <CommandForm command={command} schema={schema} />
    </RoomContext.Provider>,
  );
  return world;
}

function argsSent(world: FakeWorld): unknown {
  const frame = world.last.commands().at(-1);
  return frame && "args" in frame ? frame.args : undefined;
}

test("a whole number is stepped within its live bounds", () => {
  const world = show("count", { properties: { by: { type: "integer", minimum: 1, maximum: 3 } }, required: ["by"] });
  const more = screen.getByRole("button", { name: /^More/ });
  for (let press = 0; press < 5; press += 1) fireEvent.click(more);
  fireEvent.click(screen.getByRole("button", { name: "Count on" }));
  expect(argsSent(world)).toEqual({ by: 3 });
});

test("choices by reference are shown by name", () => {
  const schema: Schema = { properties: { maker: { $ref: "#/choices/neighbours" } }, required: ["maker"] };
  const world = show("clinic", schema, { choices: { neighbours: { enum: [1, 2] } } });
  fireEvent.click(screen.getByRole("button", { name: "Bo" }));
  fireEvent.click(screen.getByRole("button", { name: "Teach a maker" }));
  expect(argsSent(world)).toEqual({ maker: 2 });
});

test("a ranking keeps the order in which it was made", () => {
  const schema: Schema = {
    properties: { investors: { type: "array", items: { enum: [1, 2] }, uniqueItems: true, maxItems: 2 } },
    required: ["investors"],
  };
  const world = show("rank", schema);
  fireEvent.click(screen.getByRole("button", { name: "Add Bo" }));
  fireEvent.click(screen.getByRole("button", { name: "Add Mina" }));
  fireEvent.click(screen.getByRole("button", { name: "Lock my list" }));
  expect(argsSent(world)).toEqual({ investors: [2, 1] });
});

test("fields whose sum is out of bounds can't be sent", () => {
  const part = { type: "integer", minimum: 0, maximum: 9 };
  const schema: Schema = {
    properties: { technology: part, customers: part },
    required: ["technology", "customers"],
    "x-sum": [{ fields: ["technology", "customers"], min: 1, max: 4 }],
  };
  const world = show("plan", schema);
  fireEvent.click(screen.getByRole("button", { name: "Use these hours" }));
  expect(world.last.commands()).toEqual([]);
});

test("a refusal stands at its field in the server's words", async () => {
  const world = show("count", { properties: { by: { type: "integer", minimum: 1, maximum: 3 } }, required: ["by"] });
  fireEvent.click(screen.getByRole("button", { name: "Count on" }));
  const id = (world.last.commands()[0] as { id: string }).id;
  world.last.say({
    type: "result",
    id,
    ok: false,
    now: 1,
    error: { code: "cannot_afford", message: "This costs 12 credits; you have 8.", field: "by" },
  });
  expect((await screen.findByRole("alert")).textContent).toContain("This costs 12 credits; you have 8.");
});

test("a whole number begins where its form says, even one that may be left out", () => {
  const field = (start: number): Schema => ({ type: "integer", minimum: 1, maximum: 20, start });
  const world = show("grant", { properties: { credits: field(10), more: field(4) }, required: ["credits"] });
  fireEvent.click(screen.getByRole("button", { name: "Give a grant" }));
  expect(argsSent(world)).toEqual({ credits: 10, more: 4 });
});
