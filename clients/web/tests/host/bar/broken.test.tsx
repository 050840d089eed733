// What a host and the wall read of a rule that broke.
import { act, cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { TopBar } from "../../../src/host/bar/top_bar";
import type { Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { WallPage } from "../../../src/wall/wall";
import { FakeWorld, welcome } from "../../rig/fake_socket";

const BROKEN = { module: "crowdfunding", hook: "close", what: "ZeroDivisionError" };

let open: Room | undefined;
afterEach(() => {
  cleanup();
  open?.close();
});

function entered(clock: Tree, room: Tree): Room {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  const table = { game: { status: "running", season: 1, seasons: 2, phase: "policy" }, clock, room };
  world.last.say(welcome(table, {}, { you: { kind: "host", seat: 0, role: "" } }));
  return open;
}

test("the console says whose rule broke, and what the host can do", () => {
  const room = entered({ paused: true }, { broken: BROKEN });
  render(<RoomContext.Provider value={room}>{<TopBar />}</RoomContext.Provider>);
  expect(screen.getByRole("alert").textContent).toMatch(
    /^A rule broke: crowdfunding, in close \(ZeroDivisionError\)\. Nothing changed\. Go back to the start of a phase,/,
  );
});

test("the wall says so as long as the room stands still, and then shows the game again", () => {
  const room = entered({ paused: true }, { broken: BROKEN });
  act(() => void render(<RoomContext.Provider value={room}>{<WallPage />}</RoomContext.Provider>));
  expect(screen.getByText("A rule broke: crowdfunding")).not.toBeNull();
  cleanup();
  const playing = entered({}, { broken: BROKEN });
  act(() => void render(<RoomContext.Provider value={playing}>{<WallPage />}</RoomContext.Provider>));
  expect(screen.queryByText("A rule broke: crowdfunding")).toBeNull();
});
