// A link with a key to a host's chair: it takes the place of what was kept; where it opens nothing, that is tried.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Rejoin } from "../../src/join/rejoin";
import { held, hold } from "../../src/store/kept/held_seats";
import { type FakeSocket, recordSockets, welcome } from "../rig/fake_socket";

const CODE = "K7QF234";
const sockets: FakeSocket[] = [];
beforeEach(() => recordSockets(sockets));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
});

/** Open a link with a key to a chair, say what is asked where another is kept, and return how it has been shown. */
function opened(token: string, says = "", shown = token): FakeSocket {
  render(<Rejoin code={CODE} token={token} only="host" />);
  if (says) {
    expect(sockets).toHaveLength(0);
    fireEvent.click(screen.getByRole("button", { name: says }));
  }
  const socket = sockets.at(-1);
  if (!socket) throw new Error("no connection was made");
  socket.open();
  expect(socket.sent[0]).toMatchObject({ type: "resume", room: CODE, host_token: shown });
  return socket;
}

function turnedAway(socket: FakeSocket): void {
  socket.say({ type: "error", code: "unauthorised", message: "This opens nothing." });
  socket.close(4401);
}

test("the key takes the place of the one that was kept, once that was said", async () => {
  hold("host", CODE, "stale");
  opened("fresh", "Take the other place").say(welcome({}, {}, { you: { kind: "host", member: 1 } }));
  await vi.waitFor(() => expect(location.hash).toBe(`#/c/${CODE}`));
  expect(held("host", CODE)?.token).toBe("fresh");
});

test("whoever leads here keeps that when they try the link of somebody else", async () => {
  hold("host", CODE, "the lead's");
  opened("an assistant's", "Keep my place", "the lead's").say(welcome({}, {}, { you: { kind: "host", member: 1 } }));
  await vi.waitFor(() => expect(location.hash).toBe(`#/c/${CODE}`));
  expect(held("host", CODE)?.token).toBe("the lead's");
});

test("where the place that was kept is no more, the link opens the other one", async () => {
  hold("host", CODE, "let go");
  turnedAway(opened("fresh", "Keep my place", "let go"));
  await vi.waitFor(() => expect(sockets).toHaveLength(2));
  const second = sockets.at(-1);
  second?.open();
  expect(second?.sent[0]).toMatchObject({ type: "resume", room: CODE, host_token: "fresh" });
  second?.say(welcome({}, {}, { you: { kind: "host", member: 1 } }));
  await vi.waitFor(() => expect(location.hash).toBe(`#/c/${CODE}`));
  expect(held("host", CODE)?.token).toBe("fresh");
});

test("a what-if is opened with the key of its origin, and nothing is asked", async () => {
  hold("host", "ABCDEFG", "its origin's");
  hold("host", CODE, "its own");
  turnedAway(opened("its origin's"));
  await vi.waitFor(() => expect(location.hash).toBe(`#/c/${CODE}`));
  expect(held("host", CODE)?.token).toBe("its own");
});

test("where it opens nothing the console is tried by the key that was kept", async () => {
  hold("host", CODE, "its own");
  turnedAway(opened("another", "Take the other place"));
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
