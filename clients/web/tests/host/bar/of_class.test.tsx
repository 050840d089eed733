// The console of a class's table says which table of which class it is, in its head and in the name of its tab.
import { act, render, screen, waitFor } from "@testing-library/preact";
import type { FunctionComponent } from "preact";
import { afterEach, expect, test, vi } from "vitest";
import { OfClass } from "../../../src/host/bar/of_class";
import { TopBar } from "../../../src/host/bar/top_bar";
import type { ServerFrame } from "../../../src/protocol/frames";
import { type FakeSocket, recordSockets } from "../../rig/fake_socket";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const sockets: FakeSocket[] = [];
const CLASS = { code: "CLASS23", size: 4, people: 8 };
const TABLES = { 1: { room: "ROOM234", status: "running" }, 2: { room: "K7QF234", status: "running" } };

afterEach(() => vi.unstubAllGlobals());

async function headOf(room: object, about: object = CLASS, Head: FunctionComponent = TopBar): Promise<void> {
  recordSockets(sockets);
  document.title = "Console K7QF234";
  render(<Head />, { wrapper: inRoom(roomOf({ room }, {}, { kind: "host", member: 1 })) });
  const welcome = { type: "welcome", room: "CLASS23", you: { kind: "watcher" }, seq: 1, now: 0, epoch: 0 };
  await act(async () => undefined); // it is looked for once the page is there
  await act(async () => {
    sockets[0]?.open();
    sockets[0]?.say({ ...welcome, table: { class: about, tables: TABLES }, hand: {} } as unknown as ServerFrame);
  });
}

test.each([
  ["its name", { ...CLASS, name: "10b" }, "Table 2 · 10b"],
  ["its code where it has no name", CLASS, "Table 2 · CLASS23"],
])("a table of a class is called by its number and %s", async (_, about, called) => {
  await headOf({ class: "CLASS23" }, about);
  expect(sockets[0]?.sent[0]).toMatchObject({ type: "watch", room: "CLASS23" });
  expect(await screen.findByText(called)).toBeTruthy();
  await waitFor(() => expect(document.title).toBe(`${called} · Console K7QF234 · Makersphere`));
});

test("a room by itself looks for no class", async () => {
  await headOf({}, CLASS, OfClass);
  expect(document.body.textContent).toBe("");
  expect(sockets).toEqual([]);
  expect(document.title).toBe("Console K7QF234");
});
