// The way in: what the page says of whoever knocks, and what it leaves to the server.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { JoinPage } from "../../src/join/join_page";
import { comeAsBefore } from "../../src/join/rejoin";
import { me } from "../../src/prefs";
import { held, hold } from "../../src/store/kept/held_seats";
import { type FakeSocket, recordSockets, welcome } from "../rig/fake_socket";

const sockets: FakeSocket[] = [];
beforeEach(() => {
  me.value = {};
  recordSockets(sockets);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a code and a name are all that is asked for, and the name is kept for the next time", () => {
  render(<JoinPage code="K7QF234" />);
  fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Mina" } });
  fireEvent.click(screen.getByRole("button", { name: "Take a seat" }));
  const socket = sockets.at(-1);
  socket?.open();
  expect(socket?.sent[0]).toMatchObject({ type: "join", room: "K7QF234", name: "Mina" });
  expect(socket?.sent[0]).not.toHaveProperty("pen");
  expect(me.value).toEqual({ name: "Mina" });
});

/** Take a seat as Mina on the page that is there, and have it refused. */
function refused(code: string, message: string, retry_after?: number): FakeSocket {
  fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Mina" } });
  fireEvent.click(screen.getByRole("button", { name: "Take a seat" }));
  return turnedAway(code, message, retry_after);
}

function turnedAway(code: string, message: string, retry_after?: number): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error("nobody has knocked");
  act(() => {
    socket.open();
    socket.say({ type: "error", code, message, ...(retry_after ? { retry_after } : {}) });
    socket.close(code === "unauthorised" ? 4401 : 1000);
  });
  return socket;
}

const heading = (): string => screen.getByRole("heading", { level: 1 }).textContent ?? "";

test("whoever waits to be let in stays on one page while the same frame is sent again by itself", () => {
  vi.useFakeTimers();
  render(<JoinPage code="K7QF234" />);
  const first = refused("joining_closed", "That seat opens when its people let you in.", 5);
  expect(heading()).toBe("Wait to be let in");
  expect(screen.queryByText("That seat opens when its people let you in.")).not.toBeNull();
  for (let again = 2; again <= 3; again += 1) {
    act(() => void vi.advanceTimersByTime(5000));
    expect(sockets).toHaveLength(again);
    expect(heading()).toBe("Wait to be let in");
    expect(turnedAway("joining_closed", "That seat opens when its people let you in.", 5).sent).toEqual(first.sent);
  }
  act(() => void vi.advanceTimersByTime(5000));
  turnedAway("joining_closed", "You were not let in.");
  expect(heading()).toBe("This door stays closed");
  act(() => void vi.advanceTimersByTime(60_000));
  expect(sockets).toHaveLength(4);
});

test("whoever finds a class full waits there, and knocks again by themselves", () => {
  vi.useFakeTimers();
  render(<JoinPage code="K7QF234" />);
  const first = refused("room_full", "All tables are full. Wait here.", 10);
  expect(screen.queryByText("All tables are full. Wait here.")).not.toBeNull();
  act(() => void vi.advanceTimersByTime(10_000));
  expect(sockets).toHaveLength(2);
  expect(turnedAway("room_full", "All tables are full.").sent).toEqual(first.sent);
  act(() => void vi.advanceTimersByTime(60_000));
  expect(sockets).toHaveLength(2);
});

test("whoever comes to a class whose tables are all over reads so, and knocks again by themselves", () => {
  vi.useFakeTimers();
  render(<JoinPage code="K7QF234" />);
  const first = refused("over", "All tables of this class have ended.", 30);
  expect(heading()).toBe("The lesson is over");
  expect(screen.queryByText("All tables of this class have ended.")).not.toBeNull();
  act(() => void vi.advanceTimersByTime(30_000));
  expect(turnedAway("over", "All tables of this class have ended.", 30).sent).toEqual(first.sent);
});

test("a pass that came with the address is sent with the name, and the address forgets it", () => {
  history.replaceState(null, "", "#/j/K7QF234/PQRS7890");
  render(<JoinPage code="K7QF234" pass="PQRS7890" />);
  expect(location.hash).toBe("#/j/K7QF234");
  const { sent } = refused("unauthorised", "That pass opens no seat.");
  expect(sent).toMatchObject([{ type: "join", name: "Mina", pass: "PQRS7890" }]);
  const field = screen.getByLabelText("Pass");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByLabelText("Name").getAttribute("aria-invalid")).toBe("false");
});

test("whoever was removed reads it below the name, since no pass was sent", () => {
  render(<JoinPage code="K7QF234" />);
  refused("unauthorised", "Your teacher has taken you out of this class.");
  const name = screen.getByLabelText("Name");
  expect(name.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(name);
  expect(screen.getByLabelText("Pass").closest("details")?.open).toBe(false);
});

/** Come by the code of a room with a seat of K7QF234, and hear from which room it was forked. */
async function forkedFrom(origin: string): Promise<void> {
  hold("seat", "K7QF234", "token-of-ben", "Ben");
  render(<JoinPage code="M3XW8TQ" />);
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
  sockets[0]?.open();
  expect(sockets[0]?.sent).toEqual([{ type: "watch", room: "M3XW8TQ" }]);
  await act(async () =>
    sockets[0]?.say(welcome({ room: { origin } }, {}, { room: "M3XW8TQ", you: { kind: "watcher" } })),
  );
}

test("whoever has a seat in the room that a what-if was forked from comes in by it, under no name", async () => {
  await forkedFrom("K7QF234");
  await vi.waitFor(() => expect(sockets).toHaveLength(2));
  sockets[1]?.open();
  expect(sockets[1]?.sent).toEqual([{ type: "resume", room: "M3XW8TQ", seat_token: "token-of-ben" }]);
  await act(async () => sockets[1]?.say(welcome({}, {}, { room: "M3XW8TQ" })));
  await vi.waitFor(() => expect(location.hash).toBe("#/p/M3XW8TQ/now"));
  expect(held("seat", "M3XW8TQ")).toMatchObject({ token: "token-of-ben", name: "Ben" });
});

test.each(["", "PQRS789"])(
  "a room that was forked from none or from another one (%s) is shown no token",
  async (of) => {
    await forkedFrom(of);
    await act(async () => new Promise((later) => setTimeout(later)));
    expect(sockets).toHaveLength(1);
    expect(sockets[0]?.readyState).toBe(3);
    expect(screen.getByLabelText("Name")).toBeTruthy();
  },
);

test("where a seat came later than the fork, the way in by a name stays", async () => {
  await forkedFrom("K7QF234");
  await vi.waitFor(() => expect(sockets).toHaveLength(2));
  await act(async () => void turnedAway("unauthorised", "This opens nothing."));
  expect(screen.getByLabelText("Name")).toBeTruthy();
  expect(held("seat", "M3XW8TQ")).toBeUndefined();
});

test("whoever has left the page while it was fetched asks no server for the room of before", async () => {
  const left = new AbortController();
  left.abort();
  await Promise.race([comeAsBefore("K7QF234", left.signal), Promise.resolve()]);
  expect(sockets).toHaveLength(0);
});
