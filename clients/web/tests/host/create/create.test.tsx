// Opening a room is one intention: whoever loads the page anew before the answer has come gets the same room.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CreatePage } from "../../../src/host/create/create";
import type { CreateFrame } from "../../../src/protocol/frames";
import { type FakeSocket, recordSockets, welcome } from "../../rig/fake_socket";

const SECRET = "the server's key";
const sockets: FakeSocket[] = [];
beforeEach(() => {
  history.replaceState(null, "", "#/c/new");
  recordSockets(sockets);
});
afterEach(() => vi.unstubAllGlobals());

const openRoom = (): unknown => fireEvent.click(screen.getByRole("button", { name: "Open the room" }));

/** Let the newest connection open, and return what it asks for. */
function asked(): CreateFrame {
  const socket = sockets.at(-1);
  act(() => socket?.open());
  return socket?.sent[0] as CreateFrame;
}

/** Load the page anew: what was there is gone without having been left. */
function reload(): void {
  document.body.replaceChildren();
  render(<CreatePage />);
}

async function turnedAway(code: string): Promise<void> {
  await act(async () => {
    sockets.at(-1)?.say({ type: "error", code, message: "No." });
    sockets.at(-1)?.close(code === "unauthorised" ? 4401 : 1000);
  });
}

test("a page that is loaded anew before the answer asks for the same room by itself, and goes to it", async () => {
  render(<CreatePage />);
  fireEvent.click(screen.getByRole("button", { name: "180 min" }));
  openRoom();
  const first = asked();
  expect(first).toMatchObject({ type: "create", options: { lesson: 180 } });
  reload();
  expect(asked()).toEqual(first);
  const you = { kind: "host" } as const;
  await act(async () => sockets.at(-1)?.say(welcome({}, {}, { you, host_token: "token" })));
  expect(location.hash).toBe("#/c/K7QF234");
  expect(sockets).toHaveLength(2);
  reload();
  expect(sockets).toHaveLength(2);
});

test("whoever leaves the page, or hears no, is asked for nothing again", async () => {
  const { unmount } = render(<CreatePage />);
  openRoom();
  const first = asked();
  act(() => void unmount());
  reload();
  expect(sockets).toHaveLength(1);
  openRoom();
  expect(asked().id).not.toBe(first.id);
  await turnedAway("bad_args");
  reload();
  expect(sockets).toHaveLength(2);
});

test("a key that is asked for opens the room that was wished, and is not kept", async () => {
  render(<CreatePage />);
  openRoom();
  const first = asked();
  await turnedAway("unauthorised");
  fireEvent.input(screen.getByLabelText("Host key of this server"), { target: { value: SECRET } });
  openRoom();
  expect(asked()).toEqual({ ...first, key: SECRET });
  expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain(SECRET);
  reload();
  expect(asked()).toEqual(first);
  await turnedAway("unauthorised");
  fireEvent.input(screen.getByLabelText("Host key of this server"), { target: { value: SECRET } });
  openRoom();
  expect(asked()).toEqual({ ...first, key: SECRET });
});
