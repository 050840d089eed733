// A date for the phase: by this machine's own clock, and taken away again.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { DateSheet } from "../../../src/host/sheets/date";
import type { Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => {
  cleanup();
  open?.close();
});

async function drawn(clock: Tree = {}): Promise<FakeWorld> {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const hand = { legal: { "host.end_at": { type: "object" } } } as unknown as Tree;
  const table = { game: { status: "running", season: 1, phase: "market" }, clock } as unknown as Tree;
  world.last.say(welcome(table, hand, { you: { kind: "host", seat: 0, role: "" } }));
  render(
    <RoomContext.Provider value={room}>
      <DateSheet />
    </RoomContext.Provider>,
  );
  await screen.findByRole("dialog");
  return world;
}

test("a date is sent as the moment at which this machine's clock will show it", async () => {
  const world = await drawn();
  expect(screen.queryByRole("button", { name: /^No date/ })).toBeNull();
  fireEvent.input(screen.getByLabelText("Date and time"), { target: { value: "2026-12-24T18:00" } });
  fireEvent.click(screen.getByRole("button", { name: "End the phase then" }));
  answered(world);
  expect(world.last.commands()).toMatchObject([
    { name: "host.end_at", args: { date: new Date(2026, 11, 24, 18, 0).getTime() } },
  ]);
});

test("a date that there is stands in the field, and goes with one press", async () => {
  const world = await drawn({ dated: true, deadline: new Date(2026, 11, 24, 18, 0).getTime() });
  expect((screen.getByLabelText("Date and time") as HTMLInputElement).value).toBe("2026-12-24T18:00");
  fireEvent.click(screen.getByRole("button", { name: /^No date/ }));
  answered(world);
  expect(world.last.commands()).toMatchObject([{ name: "host.end_at", args: { date: 0 } }]);
});

test("without a time nothing can be sent", async () => {
  await drawn();
  fireEvent.input(screen.getByLabelText("Date and time"), { target: { value: "" } });
  expect(screen.getByRole("button", { name: "End the phase then" }).getAttribute("aria-disabled")).toBe("true");
});
