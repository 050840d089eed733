// The way in: what the page says of whoever knocks, and what it leaves to the server.
import { act, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { JoinPage } from "../../src/join/join_page";
import { me } from "../../src/prefs";
import type { ClientFrame } from "../../src/protocol/frames";
import { type FakeSocket, recordSockets } from "../rig/fake_socket";

const sockets: FakeSocket[] = [];
beforeEach(() => {
  me.value = {};
  recordSockets(sockets);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Press these pens in turn, take a seat as Mina, and return how that was asked for. */
function asked(...pens: string[]): ClientFrame | undefined {
  const { unmount } = render(<JoinPage code="K7QF234" />);
  fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Mina" } });
  for (const name of pens) fireEvent.click(screen.getByRole("button", { name }));
  fireEvent.click(screen.getByRole("button", { name: "Take a seat" }));
  const socket = sockets.at(-1);
  socket?.open();
  unmount();
  return socket?.sent[0];
}

test("a pen is asked for only by whoever has chosen one, and that choice is kept for the next time", () => {
  expect(asked()).toMatchObject({ type: "join", room: "K7QF234", name: "Mina" });
  expect(asked()).not.toHaveProperty("pen");
  expect(me.value).toEqual({ name: "Mina" });
  expect(asked("Moss", "Teal")).toMatchObject({ pen: 3 });
  expect(asked()).toMatchObject({ pen: 3 });
});

test("a choice of pen can be taken back by pressing it again", () => {
  expect(asked("Moss", "Moss")).not.toHaveProperty("pen");
  expect(me.value).toEqual({ name: "Mina" });
});

test("no pen is marked as chosen before one is", () => {
  render(<JoinPage code="K7QF234" />);
  const pens = within(screen.getByRole("group", { name: "Your colour (optional)" }));
  const marked = (): (string | null)[] =>
    pens.queryAllByRole("button", { pressed: true }).map((pen) => pen.getAttribute("aria-label"));
  expect(marked()).toEqual([]);
  fireEvent.click(pens.getByRole("button", { name: "Teal" }));
  expect(marked()).toEqual(["Teal"]);
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
