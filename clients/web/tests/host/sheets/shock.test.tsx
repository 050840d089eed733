// A shock card: where the phase has closed in which one could be drawn, the question goes with it.
import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Selection, SelectionContext } from "../../../src/host/selection";
import { ShockSheet } from "../../../src/host/sheets/shock";
import type { Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => {
  cleanup();
  open?.close();
});

const DRAWN = { "host.shock": { type: "object", properties: { card: { enum: ["credit_squeeze", "open_day"] } } } };

test("the sheet goes with the phase, and does not come back with the next one", async () => {
  const [world, selection] = [new FakeWorld(), new Selection()];
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const table = { game: { status: "running", season: 1, phase: "market" } } as unknown as Tree;
  const legal = DRAWN as unknown as Tree;
  world.last.say(welcome(table, { legal }, { you: { kind: "host", seat: 0, role: "" } }));
  selection.open("shock");
  render(
    <RoomContext.Provider value={room}>
      <SelectionContext.Provider value={selection}>
        <ShockSheet />
      </SelectionContext.Provider>
    </RoomContext.Provider>,
  );
  await screen.findByRole("dialog");
  world.last.say({ type: "update", seq: 11, now: 1, hand: { legal: { "host.shock": null } } });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(selection.sheet.value).toBeUndefined());
});
