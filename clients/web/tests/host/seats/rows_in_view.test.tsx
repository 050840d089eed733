// Of a long list only the rows in view are drawn, with a few beside them; a short one is drawn whole.
import { act, renderHook } from "@testing-library/preact";
import { expect, test } from "vitest";
import { useRowsInView } from "../../../src/host/seats/rows_in_view";

const ROW_PX = 44;
const HEIGHT = 10 * ROW_PX;

/** Return a list's box that is ten rows high. */
function boxOf(): HTMLElement {
  const box = document.createElement("div");
  Object.defineProperty(box, "clientHeight", { value: HEIGHT });
  document.body.append(box);
  return box;
}

function scrolledTo(box: HTMLElement, row: number): void {
  act(() => {
    box.scrollTop = row * ROW_PX;
    box.dispatchEvent(new Event("scroll"));
  });
}

test("sixty rows are drawn whole, wherever the list stands", () => {
  const box = boxOf();
  const { result } = renderHook(() => useRowsInView({ current: box }, 60));
  scrolledTo(box, 30);
  expect(result.current).toMatchObject({ first: 0, last: 60, before: 0, after: 0, isCut: false });
});

test("of more the ten beside those in view are drawn, and the rest keeps its height", () => {
  const box = boxOf();
  const { result } = renderHook(() => useRowsInView({ current: box }, 200));
  expect(result.current).toMatchObject({ first: 0, last: 20, before: 0, after: 180 * ROW_PX });
  scrolledTo(box, 100);
  expect(result.current).toMatchObject({ first: 90, last: 120, before: 90 * ROW_PX, after: 80 * ROW_PX, isCut: true });
  scrolledTo(box, 190);
  expect(result.current).toMatchObject({ first: 180, last: 200, after: 0 });
});

test("a row that is to be shown is brought into view, and one that is there moves nothing", () => {
  const box = boxOf();
  const { result } = renderHook(() => useRowsInView({ current: box }, 200));
  const show = (row: number): number => {
    act(() => result.current.show(row));
    return box.scrollTop / ROW_PX;
  };
  expect([show(5), show(50), show(45), show(20), show(-1)]).toEqual([0, 42, 42, 20, 20]);
  expect(result.current.first).toBeLessThanOrEqual(20);
});
