// A link with a key to a host's chair: it takes the place of what was kept; where it opens nothing, that is tried.
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { leave } from "../../src/connection";
import { Rejoin } from "../../src/join/rejoin";
import { held, hold } from "../../src/store/kept/held_seats";
import { type FakeSocket, recordSockets, welcome } from "../rig/fake_socket";

const CODE = "K7QF234";
const sockets: FakeSocket[] = [];
beforeEach(() => recordSockets(sockets));
afterEach(() => {
  cleanup();
  leave();
  vi.unstubAllGlobals();
  localStorage.clear();
});

/** Open a link with a key to a chair, and return the connection on which it has been shown. */
function opened(token: string): FakeSocket {
  render(<Rejoin code={CODE} token={token} only="host" />);
  const socket = sockets.at(-1);
  if (!socket) throw new Error("no connection was made");
  socket.open();
  expect(socket.sent[0]).toMatchObject({ type: "resume", room: CODE, host_token: token });
  return socket;
}

function turnedAway(socket: FakeSocket): void {
  socket.say({ type: "error", code: "unauthorised", message: "This opens nothing." });
  socket.close(4401);
}

test("the key takes the place of the one that was kept", async () => {
  hold("host", CODE, "stale");
  opened("fresh").say(welcome({}, {}, { you: { kind: "host", member: 1 } }));
  await vi.waitFor(() => expect(location.hash).toBe(`#/c/${CODE}`));
  expect(held("host", CODE)?.token).toBe("fresh");
});

test("where it opens nothing the console is tried by the key that was kept", async () => {
  hold("host", CODE, "its own");
  turnedAway(opened("another"));
  await vi.waitFor(() => expect(location.hash).toBe(`#/c/${CODE}`));
  expect(held("host", CODE)?.token).toBe("its own");
  expect(screen.queryByRole("button")).toBeNull();
});

test.each(["", "the same"])("who has no other key than %o reads that it has expired", async (kept) => {
  if (kept) hold("host", CODE, kept);
  turnedAway(opened("the same"));
  expect(await screen.findByText(/has expired/)).toBeTruthy();
  expect(location.hash).toBe("#/");
});
