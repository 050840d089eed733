// Single keys: heard while nobody types and no sheet is open, and not at all where they are switched off.
import { fireEvent, renderHook } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { type Keys, useKeys } from "../../../src/parts/controls/keys";
import { singleKeys } from "../../../src/prefs";

afterEach(() => {
  singleKeys.value = true;
});

/** Listen to keys, and return which of them were heard. */
function heard(names: readonly string[], on = true): string[] {
  const found: string[] = [];
  const keys: Keys = Object.fromEntries(names.map((name) => [name, () => found.push(name)]));
  renderHook(() => useKeys(keys, on));
  return found;
}

test("a key is known by its name, and with Shift by another where there is one", () => {
  const found = heard(["P", "Shift+P", "ENTER", "L"]);
  fireEvent.keyDown(document.body, { key: "p" });
  fireEvent.keyDown(document.body, { key: "P", shiftKey: true });
  fireEvent.keyDown(document.body, { key: "Enter" });
  fireEvent.keyDown(document.body, { key: "L", shiftKey: true });
  fireEvent.keyDown(document.body, { key: "x" });
  expect(found).toEqual(["P", "Shift+P", "ENTER", "L"]);
});

test("with Control, Alt or Meta it is the browser's", () => {
  const found = heard(["P"]);
  for (const held of ["ctrlKey", "altKey", "metaKey"]) fireEvent.keyDown(document.body, { key: "p", [held]: true });
  expect(found).toEqual([]);
});

test("who types, and who has a sheet open, presses no key of the page", () => {
  const found = heard(["P"]);
  const field = document.createElement("input");
  document.body.append(field);
  fireEvent.keyDown(field, { key: "p" });
  const sheet = document.createElement("dialog");
  sheet.setAttribute("open", "");
  document.body.append(sheet);
  fireEvent.keyDown(document.body, { key: "p" });
  sheet.remove();
  expect(found).toEqual([]);
  fireEvent.keyDown(document.body, { key: "p" });
  expect(found).toEqual(["P"]);
});

test("keys can be switched off, by the person and by the page", () => {
  const found = heard(["P"]);
  const off = heard(["P"], false);
  singleKeys.value = false;
  fireEvent.keyDown(document.body, { key: "p" });
  singleKeys.value = true;
  fireEvent.keyDown(document.body, { key: "p" });
  expect([found, off]).toEqual([["P"], []]);
});

test("a key that was acted on is taken from the browser, unless it says that it was not", () => {
  renderHook(() => useKeys({ A: () => undefined, B: () => false }));
  expect(fireEvent.keyDown(document.body, { key: "a" })).toBe(false);
  expect(fireEvent.keyDown(document.body, { key: "b" })).toBe(true);
});
