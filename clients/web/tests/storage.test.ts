// What a browser keeps: tokens of at most twenty rooms for thirty days, and nothing at all where storage is forbidden.
import { afterEach, expect, test, vi } from "vitest";
import { local } from "../src/storage";
import { held, hold, letGo, rooms } from "../src/store/held_seats";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

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

test("where storage is forbidden or damaged the page lives on from memory", () => {
  vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  local.write("ms.test", { kept: 1 });
  expect(local.read("ms.test")).toEqual({ kept: 1 });
  vi.restoreAllMocks();
  expect(localStorage.getItem("ms.test")).toBeNull();
  localStorage.setItem("ms.broken", "{");
  expect(local.read("ms.broken")).toBeUndefined();
});
