// A person's own page to keep: the server is asked with the seat's token, and not before the ranking is open.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OwnPage } from "../../src/debrief/own_page";
import type { Tree } from "../../src/protocol/frames";
import { RoomContext } from "../../src/store/context";
import { hold } from "../../src/store/kept/held_seats";
import { Room } from "../../src/store/room";
import { FakeWorld, welcome } from "../rig/fake_socket";

let open: Room | undefined;
let asked: [string, RequestInit | undefined][];
beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
    asked.push([path, init]);
    return Promise.resolve(new Response("page"));
  });
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:x", revokeObjectURL: () => undefined }));
  HTMLAnchorElement.prototype.click = () => undefined;
});
afterEach(() => {
  open?.close();
  vi.unstubAllGlobals();
});

/** Draw the button for somebody who sits in a room whose game is over, while the wall shows this. */
function shown(wall: Tree, facts: Tree = {}): void {
  hold("seat", "K7QF234", "mine");
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "mine" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome({ game: { status: "over", season: 2, phase: "over" }, show: wall, room: facts }));
  render(
    <RoomContext.Provider value={open}>
      <OwnPage />
    </RoomContext.Provider>,
  );
}

test("the own page is asked for with the own token", async () => {
  shown({ scene: "moments", step: 0, opened: 3 });
  await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Save my page" })));
  expect(asked).toEqual([
    ["api/rooms/K7QF234/home?what=mine&language=en", { headers: { Authorization: "Bearer mine" } }],
  ]);
});

test("it waits until the host has shown who stands where", () => {
  shown({ scene: "ranking", step: 0, opened: 1 });
  expect(screen.queryByRole("button", { name: "Save my page" })).toBeNull();
});

test("where the end opens nothing, no file is offered that would be refused", () => {
  shown({ scene: "moments", step: 0, opened: 3 }, { sealed: true, page: true });
  expect(screen.queryAllByRole("button")).toEqual([]);
});

test("the class's page is there once the host has handed it out", async () => {
  shown({ scene: "moments", step: 0, opened: 3 });
  expect(screen.queryByRole("button", { name: "Save the class's page" })).toBeNull();
  cleanup();
  shown({ scene: "moments", step: 0, opened: 3 }, { page: true });
  await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Save the class's page" })));
  expect(asked.map(([path]) => path)).toEqual(["api/rooms/K7QF234/home?what=class&language=en"]);
});
