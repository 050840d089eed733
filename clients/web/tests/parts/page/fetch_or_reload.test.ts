// A part of the page that can't be had just now: the page waits for the server, and begins anew.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchOrReload } from "../../../src/parts/page/fetch_or_reload";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("what can be had is had", async () => {
  expect(await fetchOrReload(async () => "chunk")).toBe("chunk");
});

test("else the page is loaded anew, and not before the server answers", async () => {
  const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
  let isThere = false;
  vi.stubGlobal("fetch", async () => {
    if (!isThere) throw new TypeError("no network");
    return { ok: true };
  });
  void fetchOrReload(() => Promise.reject(new TypeError("no chunk")));
  await vi.advanceTimersByTimeAsync(5000);
  expect(reload).not.toHaveBeenCalled();
  isThere = true;
  await vi.advanceTimersByTimeAsync(1000);
  expect(reload).toHaveBeenCalledOnce();
});
