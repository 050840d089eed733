// Role sheets of a whole class: of every table that goes on, one after the other, each with its table's number.
import { act, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RolesOfClass } from "../../src/print/roles_of_class";
import { type FakeSocket, recordSockets, welcome } from "../rig/fake_socket";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

const sockets: FakeSocket[] = [];
beforeEach(() => recordSockets(sockets));
afterEach(() => vi.unstubAllGlobals());

const CLASS = { code: "K7QF234", name: "10b", size: 4, people: 3 };
const table = (room: string, status: string) => ({ room, dealt: 1, places: 4, status });
const seated = (name: string) => ({
  room: { class: "K7QF234" },
  seat: { 1: { id: 1, role: "maker", name } },
  maker: { 1: { id: 1, background: "student", skills: [1, 2, 3] } },
});

test("sheets of all tables that go on are printed at once, and none of those that are over", async () => {
  const tables = { 1: table("AAAAAAA", "running"), 2: table("BBBBBBB", "over"), 3: table("CCCCCCC", "running") };
  render(<RolesOfClass />, { wrapper: inRoom(roomOf({ class: CLASS, tables })) });
  await waitFor(() => expect(sockets).toHaveLength(2));
  act(() => {
    for (const socket of sockets) socket.open();
    sockets[0]?.say(welcome(seated("Ana"), {}, { you: { kind: "watcher" }, room: "AAAAAAA" }));
    sockets[1]?.say(welcome(seated("Cy"), {}, { you: { kind: "watcher" }, room: "CCCCCCC" }));
  });
  expect(sockets.map(({ sent }) => sent[0])).toEqual([
    { type: "watch", room: "AAAAAAA" },
    { type: "watch", room: "CCCCCCC" },
  ]);
  await screen.findByText("Ana");
  const pages = [...document.querySelectorAll(".role-page")].map(({ textContent }) => textContent);
  expect(pages).toHaveLength(2);
  expect(pages[0]).toMatch(/K7QF234 · Table 1.*Ana/);
  expect(pages[1]).toMatch(/K7QF234 · Table 3.*Cy/);
});

test("of a class without a table that goes on that is said", async () => {
  render(<RolesOfClass />, { wrapper: inRoom(roomOf({ class: CLASS, tables: { 1: table("A", "over") } })) });
  expect(await screen.findByText(/No table goes on/)).toBeTruthy();
  expect(sockets).toHaveLength(0);
});
