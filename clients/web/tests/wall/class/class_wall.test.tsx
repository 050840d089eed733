// The wall of a class: all tables without a name, or the one that the hosts say; the way in is the class's.
import { render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addressOf, codeOf } from "../../../src/store/join_address";
import { ClassWall, firstOfLastRow } from "../../../src/wall/class/class_wall";
import { type FakeSocket, recordSockets } from "../../rig/fake_socket";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const sockets: FakeSocket[] = [];
beforeEach(() => recordSockets(sockets));
afterEach(() => vi.unstubAllGlobals());

const TABLE = { room: "AAAAAAA", dealt: 3, places: 4, status: "lobby", here: 2 };
const shown = (wall: number) =>
  roomOf({
    class: { code: "K7QF234", name: "10b", size: 4, people: 3, ...(wall ? { wall } : {}) },
    tables: { 1: TABLE, 2: { ...TABLE, room: "BBBBBBB", status: "running", season: 1, seasons: 3, phase: "policy" } },
  });

test("all tables stand side by side, with the class's code", async () => {
  render(<ClassWall wall={() => <p>one table</p>} />, { wrapper: inRoom(shown(0)) });
  expect((await screen.findAllByRole("listitem")).map((card) => card.textContent)).toEqual([
    "Table 1Not started2 here, 4 places",
    "Table 2PolicySeason 1 of 3",
  ]);
  expect(screen.getByText("K7QF234")).toBeTruthy();
});

test.each([
  [2, "few"],
  [3, "half-high"],
  [4, "half-high"],
  [5, ""],
  [13, "many"],
])("of %i tables each is written as large as there is room", async (all, size) => {
  const tables = Object.fromEntries(Array.from({ length: all }, (_, at) => [at + 1, TABLE]));
  const room = roomOf({ class: { code: "K7QF234", size: 4, people: 3 }, tables });
  render(<ClassWall wall={() => <p>one table</p>} />, { wrapper: inRoom(room) });
  expect((await screen.findByRole("list")).className).toBe(size);
});

test("a season that a host has made the last is told", async () => {
  const running = { ...TABLE, status: "running", season: 2, seasons: 2, phase: "policy" };
  const room = roomOf({
    class: { code: "K7QF234", size: 4, people: 3 },
    tables: { 1: running, 2: { ...running, last_season: true } },
  });
  render(<ClassWall wall={() => <p>one table</p>} />, { wrapper: inRoom(room) });
  expect((await screen.findAllByRole("listitem")).map((card) => card.textContent)).toEqual([
    "Table 1PolicySeason 2 of 2",
    "Table 2PolicySeason 2 of 2 · last season",
  ]);
});

test("once the next game has tables, those of the game before are not on the wall", async () => {
  const over = { ...TABLE, status: "over", season: 3, seasons: 3 };
  const room = roomOf({
    class: { code: "K7QF234", size: 4, people: 3 },
    tables: { 1: over, 2: { ...TABLE, game: 2 } },
  });
  render(<ClassWall wall={() => <p>one table</p>} />, { wrapper: inRoom(room) });
  const cards = (await screen.findAllByRole("listitem")).map((card) => card.textContent);
  expect(cards).toEqual(["Table 2Not started2 here, 4 places"]);
});

test("the one that the hosts say is watched for itself", async () => {
  render(<ClassWall wall={() => <p>one table</p>} />, { wrapper: inRoom(shown(2)) });
  await screen.findByText("one table");
  await waitFor(() => expect(sockets).not.toHaveLength(0)); // on a slow machine it has tried again by now
  sockets.at(-1)?.open();
  expect(sockets.at(-1)?.sent[0]).toEqual({ type: "watch", room: "BBBBBBB" });
});

test("the way into a table of a class is the class's", () => {
  const table = roomOf({ room: { class: "M3XW8TQ" } });
  expect(codeOf(table)).toBe("M3XW8TQ");
  expect(addressOf(table).join).toContain("#/j/M3XW8TQ");
  expect(codeOf(roomOf({}))).toBe("K7QF234");
});

test("a last row that is not full stands in the middle, in halves of a column", () => {
  const starts = (all: number, columns: number) =>
    Array.from({ length: all }, (_, index) => firstOfLastRow(index, all, columns) ?? 0);
  expect(starts(3, 2)).toEqual([0, 0, 2]);
  expect(starts(5, 3)).toEqual([0, 0, 0, 2, 0]);
  expect(starts(4, 3)).toEqual([0, 0, 0, 3]);
  expect(starts(6, 3)).toEqual([0, 0, 0, 0, 0, 0]);
});
