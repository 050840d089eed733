// Where a click counts: on what the finger went down on, and not on what has moved under it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clickWherePressed } from "../../../src/parts/controls/click_where_pressed";

const clicked: string[] = [];
let page: Document; // its own: what listens to it listens to no other test
const find = (id: string): HTMLElement => page.getElementById(id) as HTMLElement;
const press = (id: string): boolean => find(id).dispatchEvent(new MouseEvent("pointerdown", { bubbles: true }));
const lift = (id: string): boolean => find(id).dispatchEvent(new MouseEvent("pointerup", { bubbles: true }));
const click = (id: string, detail = 1): boolean =>
  find(id).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail }));

beforeEach(() => {
  vi.useFakeTimers();
  clicked.length = 0;
  page = document.implementation.createHTMLDocument();
  clickWherePressed(page);
  const buttons = `<button id="more"><i id="plus"></i></button><button id="close"></button>`;
  page.body.innerHTML = `<dialog id="scrim">${buttons}<p id="text"></p></dialog>`;
  for (const id of ["more", "close", "scrim"])
    find(id).addEventListener("click", ({ target, currentTarget }) => {
      if (id !== "scrim" || target === currentTarget) clicked.push(id);
    });
});
afterEach(() => vi.useRealTimers());

test("a key that has come under the finger takes no click, and neither does the scrim", () => {
  press("plus");
  click("close");
  press("more");
  click("scrim");
  expect(clicked).toEqual([]);
});

test("what was meant is clicked: the same key, one drawn anew, and a keyboard's", () => {
  press("plus");
  click("more");
  press("plus");
  find("plus").remove();
  click("close");
  press("text");
  click("close", 0);
  press("scrim");
  click("scrim");
  expect(clicked).toEqual(["more", "close", "close", "scrim"]);
});

test("a tap just before makes no hold forgotten", () => {
  press("plus");
  lift("plus");
  click("more");
  press("plus");
  vi.advanceTimersByTime(900);
  lift("close");
  click("close");
  expect(clicked).toEqual(["more"]);
});

test("a click without a finger counts, however the last one went", () => {
  press("more");
  lift("more");
  vi.advanceTimersByTime(500);
  click("close");
  expect(clicked).toEqual(["close"]);
});
