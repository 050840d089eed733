// Which sheet lies open stands in the address, so that a reload opens it again.
import { act, renderHook } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { go } from "../../../src/route";
import { useSheet } from "../../../src/seat/around/sheet_address";

afterEach(() => go("", true));

test("a sheet is opened and closed in the address, and the tab stays", () => {
  go("p/K7QF234/mine", true);
  const { result } = renderHook(() => useSheet("offer"));
  expect(result.current[0]).toBeUndefined();
  act(() => result.current[1](12));
  expect([location.hash, result.current[0]]).toEqual(["#/p/K7QF234/mine/~offer/12", 12]);
  act(() => result.current[1](undefined));
  expect([location.hash, result.current[0]]).toEqual(["#/p/K7QF234/mine", undefined]);
});

test("a sheet of another name is not this one", () => {
  go("p/K7QF234/now/~change/3", true);
  expect(renderHook(() => useSheet("offer")).result.current[0]).toBeUndefined();
  expect(renderHook(() => useSheet("change")).result.current[0]).toBe(3);
});

test("what it lay on takes it along", () => {
  go("p/K7QF234/now/~offer/12", true);
  const { unmount } = renderHook(() => useSheet("offer"));
  const other = renderHook(() => useSheet("change"));
  act(other.unmount);
  expect(location.hash).toBe("#/p/K7QF234/now/~offer/12");
  act(unmount);
  expect(location.hash).toBe("#/p/K7QF234/now");
});
