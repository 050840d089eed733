// A question for the class: one press puts it on the wall, in the wall's own words, and one takes it off.
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { Notes } from "../../src/host/notes";
import { borrowed } from "../../src/prefs";
import type { Tree } from "../../src/protocol/frames";
import { RoomContext } from "../../src/store/context";
import { Room } from "../../src/store/room";
import { need } from "../../src/texts";
import { WallPage } from "../../src/wall/wall";
import { answered, FakeWorld, welcome } from "../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const RUNNING: Tree = { game: { status: "running", season: 1, phase: "matching" } };
const LEGAL = {
  legal: { "host.show": { type: "object", properties: { talk: { enum: ["", "matching"] } } } },
} as unknown;
const ASKED = "What did the search cost you, and was the look worth it?";

function drawn(page: preact.JSX.Element, kind: "host" | "watcher", table: Tree = RUNNING): FakeWorld {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(welcome(table, LEGAL as Tree, { you: { kind, seat: 0, role: "" } }));
  render(<RoomContext.Provider value={room}>{page}</RoomContext.Provider>);
  return world;
}

test("the note's question goes to the wall by its phase, never as written words, and off again", () => {
  const world = drawn(<Notes />, "host");
  const button = screen.getByRole("button", { name: "Ask it on the wall" });
  fireEvent.click(button);
  expect(world.last.commands()).toMatchObject([
    { name: "host.show", args: { scene: "phase", talk: "matching", curtain: false } },
  ]);
  answered(world);
  act(() =>
    world.last.say({ type: "update", seq: 12, now: 1, table: { show: { scene: "phase", step: 0, talk: "matching" } } }),
  );
  expect(button.getAttribute("aria-pressed")).toBe("true");
});

test("the wall shows the question in place of the game until it is taken off", async () => {
  const world = drawn(<WallPage />, "watcher", { ...RUNNING, show: { scene: "phase", step: 0, talk: "matching" } });
  expect(screen.getByRole("heading", { level: 2 }).textContent).toBe(ASKED);
  act(() => world.last.say({ type: "update", seq: 12, now: 1, table: { show: { talk: null } } }));
  expect(screen.queryByText(ASKED)).toBeNull();
  cleanup();
  await waitFor(() => expect(borrowed.value).toBe(false)); // the wall has given back how the page looked
});

test("a rule module of somebody else has notes for its own phase, and its question", async () => {
  const words = { "ui.host.notes.crowd": "Watch for lonely goals.", "ui.host.notes.crowd.ask": "Who pays for whom?" };
  vi.stubGlobal("fetch", async () => ({ ok: true, json: async () => words }));
  await need("modules");
  vi.unstubAllGlobals();
  const world = drawn(<Notes />, "host", { game: { status: "running", season: 1, phase: "crowd" } });
  expect(screen.getByText("Watch for lonely goals.")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Ask it on the wall" }));
  expect(world.last.commands()).toMatchObject([{ name: "host.show", args: { talk: "crowd" } }]);
});
