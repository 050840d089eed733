// The one connection of a page: pages of one room share it, and another room closes it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { enter, keep, leave } from "../src/connection";
import { hold } from "../src/store/kept/held_seats";
import { Room } from "../src/store/room";
import { roomOf } from "./rig/rooms";

class NoSocket {
  static readonly made: string[] = [];

  constructor(url: string) {
    NoSocket.made.push(url);
  }

  close(): void {}
}

beforeEach(() => {
  NoSocket.made.length = 0;
  vi.stubGlobal("WebSocket", NoSocket);
});

afterEach(() => vi.unstubAllGlobals());

test("without a token there is no way into a seat or to a host's page, but anybody may watch", () => {
  expect([enter("seat", "K7QF234"), enter("host", "K7QF234")]).toEqual([undefined, undefined]);
  expect(NoSocket.made).toEqual([]);
  expect(enter("watch", "K7QF234")?.code.value).toBe("K7QF234");
  expect(NoSocket.made).toHaveLength(1);
});

test("the way to a room has its code in the path, by which a proxy knows the server; who opens one has none", () => {
  enter("watch", "K7QF234");
  new Room({ type: "create", scenario: "counter" }).open().close();
  new Room({ type: "join", room: "K7QF234", name: "Ann" }).open().close();
  expect(NoSocket.made.map((url) => new URL(url).pathname)).toEqual(["/ws/K7QF234", "/ws", "/ws/K7QF234"]);
});

test("the same place of the same room is entered once", () => {
  hold("seat", "K7QF234", "token");
  const first = enter("seat", "K7QF234");
  expect(enter("seat", "K7QF234")).toBe(first);
  expect(enter("watch", "K7QF234")).not.toBe(first);
});

test("a connection that joined is handed on, and closed when another is kept", () => {
  const joined = roomOf({});
  const close = vi.spyOn(joined, "close");
  keep("seat", joined);
  keep("seat", joined);
  expect(enter("seat", "K7QF234")).toBe(joined);
  expect(close).not.toHaveBeenCalled();
  enter("watch", "OTHER22");
  expect(close).toHaveBeenCalledOnce();
});

test("who leaves enters anew", () => {
  const first = enter("watch", "K7QF234");
  leave();
  expect(enter("watch", "K7QF234")).not.toBe(first);
});
