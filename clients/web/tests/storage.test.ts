// What a browser keeps, and how the page lives on where storage is forbidden or damaged.
import { afterEach, expect, test, vi } from "vitest";
import { local } from "../src/storage";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
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
