// The tokens that a browser keeps: of at most twenty rooms, for thirty days.
import { afterEach, expect, test, vi } from "vitest";
import { held, hold, keepRead, letGo, rooms } from "../../../src/store/kept/held_seats";

afterEach(() => void vi.useRealTimers());

test("a token is held by room, with the name that it was taken under", () => {
  hold("seat", "K7QF234", "first", "Mina");
  hold("seat", "K7QF234", "second");
  expect(held("seat", "K7QF234")).toMatchObject({ token: "second", name: "Mina" });
  expect(held("host", "K7QF234")).toBeUndefined();
  letGo("seat", "K7QF234");
  expect(held("seat", "K7QF234")).toBeUndefined();
});

test("the twenty newest rooms are kept, for thirty days", () => {
  vi.useFakeTimers({ now: 0 });
  for (let count = 0; count < 25; count += 1) {
    vi.setSystemTime(count * 1000);
    hold("seat", `ROOM${count}`, "token");
  }
  expect(rooms("seat").map(({ code }) => code)).toEqual(Array.from({ length: 20 }, (_, index) => `ROOM${24 - index}`));
  vi.setSystemTime(31 * 24 * 3600 * 1000);
  hold("seat", "LATER", "token");
  expect(rooms("seat").map(({ code }) => code)).toEqual(["LATER"]);
});

test("what has been read goes with the seat until somebody takes it anew under a name", () => {
  keepRead("K7QF234", { seq: 3, epoch: 1 }); // no seat, nothing to keep it with
  expect(held("seat", "K7QF234")).toBeUndefined();
  hold("seat", "K7QF234", "first", "Mina");
  keepRead("K7QF234", { seq: 7, epoch: 1 });
  hold("seat", "K7QF234", "second");
  expect(held("seat", "K7QF234")).toMatchObject({ token: "second", name: "Mina", read: { seq: 7, epoch: 1 } });
  hold("seat", "K7QF234", "third", "Ada");
  expect(held("seat", "K7QF234")?.read).toBeUndefined();
});
