// The way in: what the page says of whoever knocks, and what it leaves to the server.
import { fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { JoinPage } from "../../src/join/join_page";
import { me } from "../../src/prefs";
import type { ClientFrame } from "../../src/protocol/frames";
import { FakeSocket } from "../rig/fake_socket";

const sockets: FakeSocket[] = [];
beforeEach(() => {
  sockets.length = 0;
  me.value = {};
  vi.stubGlobal(
    "WebSocket",
    class extends FakeSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

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
